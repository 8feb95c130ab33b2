package io.lodisc.training.housekeeping;

import io.lodisc.training.housekeeping.CheckpointRows.Stored;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Deletes a checkpoint that a user names. */
@Component
class CheckpointDeletion {

  /**
   * @param bytes of files that went
   */
  record Deleted(String checkpoint, long bytes) {}

  private final CheckpointRows rows;
  private final FileDeletion files;
  private final TransactionOperations transaction;

  CheckpointDeletion(CheckpointRows rows, FileDeletion files, TransactionOperations transaction) {
    this.rows = rows;
    this.files = files;
    this.transaction = transaction;
  }

  Deleted delete(String id, String user) {
    Stored gone = transaction.execute(status -> deleteRow(id, user));
    return new Deleted(id, files.delete(List.of(gone)));
  }

  private Stored deleteRow(String id, String user) {
    List<Stored> one =
        List.of(
            rows.lock(id)
                .orElseThrow(
                    () ->
                        new ApiException(
                            Problem.NOT_FOUND,
                            "There is no checkpoint '%s'.".formatted(id),
                            "GET /api/v1/checkpoints lists the ones there are.")));
    List<String> uses = rows.uses(one, null).get(id);
    if (uses != null) {
      throw new ApiException(
          Problem.CONFLICT,
          "The checkpoint '%s' is in use: %s.".formatted(id, String.join("; ", uses)),
          "Promote another one, or wait for these jobs to end or cancel them.");
    }
    rows.delete(one, user, null);
    return one.getFirst();
  }
}
