package io.lodisc.training.checkpoint;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lodisc.model.exchange.ImportedEncoder;
import java.util.List;

/**
 * A checkpoint and how it came in.
 *
 * @param recognised whose names the tensors had
 * @param unused the file's tensors that the encoder does not need
 * @param missing tensors that the encoder needs; none, or it would have been refused
 * @param notes on what is not as in the file
 */
record ImportResponse(
    @JsonUnwrapped CheckpointResponse checkpoint,
    String recognised,
    List<String> unused,
    List<String> missing,
    List<String> notes) {

  static ImportResponse of(StoredCheckpoint stored, ImportedEncoder encoder) {
    return new ImportResponse(
        CheckpointResponse.of(stored),
        encoder.recognised(),
        encoder.unused(),
        List.of(),
        encoder.notes());
  }
}
