package io.lodisc.training.job;

import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import jakarta.validation.Validator;
import java.util.stream.Collectors;

/** Values that are out of their range. */
final class Violations {

  private Violations() {}

  /** The value, or an error that names its fields and their bounds. */
  static <T> T refused(Validator validator, T value) {
    String wrong =
        validator.validate(value).stream()
            .map(v -> v.getPropertyPath() + " " + v.getMessage())
            .sorted()
            .collect(Collectors.joining(", "));
    if (!wrong.isEmpty()) {
      throw new ApiException(
          Problem.OUT_OF_RANGE, wrong + ".", "Leave a field out to use its default.");
    }
    return value;
  }
}
