package io.lodisc.training.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.List;
import org.springframework.util.unit.DataSize;

/**
 * What a job needs of the worker that runs it.
 *
 * @param memory such as {@code 16GB}, which its process may not exceed; null for any
 * @param labels that the worker must have
 */
record Needs(
    Boolean gpu, String memory, @JsonSetter(contentNulls = Nulls.FAIL) List<String> labels) {

  static final Needs NOTHING = new Needs(null, null, null);

  Needs {
    gpu = gpu != null && gpu;
    labels = labels == null ? List.of() : List.copyOf(labels);
  }

  /** 0 for any. */
  @JsonIgnore
  long memoryMebibytes() {
    if (memory == null) {
      return 0;
    }
    try {
      long mebibytes = DataSize.parse(memory).toMegabytes();
      if (mebibytes > 0) {
        return mebibytes;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new ApiException(
        Problem.INVALID_REQUEST,
        "The field 'needs.memory' does not hold a size: '%s'.".formatted(memory),
        "Send a size such as 512MB or 16GB.");
  }
}
