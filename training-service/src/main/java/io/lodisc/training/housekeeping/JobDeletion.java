package io.lodisc.training.housekeeping;

import io.lodisc.training.TrainingFolders;
import io.lodisc.training.audit.Audit;
import io.lodisc.training.housekeeping.CheckpointRows.Stored;
import io.lodisc.training.queue.JobState;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Deletes a job with all that is its own: what it measured and told, its files, its checkpoints.
 */
@Component
class JobDeletion {

  /**
   * @param checkpoints that went with it
   * @param bytes of files that went
   * @param kept its checkpoints that are still used
   */
  record Deleted(String job, List<String> checkpoints, long bytes, List<Kept> kept) {}

  record Kept(String checkpoint, String why) {}

  private record Parted(List<Stored> gone, List<Kept> kept) {}

  private final CheckpointRows checkpoints;
  private final FileDeletion files;
  private final TrainingFolders folders;
  private final Audit audit;
  private final JdbcClient jdbc;
  private final TransactionOperations transaction;

  JobDeletion(
      CheckpointRows checkpoints,
      FileDeletion files,
      TrainingFolders folders,
      Audit audit,
      JdbcClient jdbc,
      TransactionOperations transaction) {
    this.checkpoints = checkpoints;
    this.files = files;
    this.folders = folders;
    this.audit = audit;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  Deleted delete(String id, String user) {
    Parted parted = transaction.execute(status -> deleteRows(id, user));
    long bytes = files.delete(parted.gone());
    bytes += FileDeletion.delete(folders.run(id)) + files.deleteBlobs(folders.report(id));
    if (parted.kept().isEmpty()) {
      bytes += files.deleteBlobs(folders.checkpoints(id));
    }
    return new Deleted(id, parted.gone().stream().map(Stored::id).toList(), bytes, parted.kept());
  }

  private Parted deleteRows(String id, String user) {
    JobState state = lock(id);
    Parted parted = part(checkpoints.lockAllOf(id), id);
    jdbc.sql("delete from training.job where id = :id").param("id", id).update();
    audit.put(user, "job.delete", id, "It was %s.".formatted(state));
    checkpoints.delete(parted.gone(), user, "Its job was deleted.");
    return parted;
  }

  private JobState lock(String id) {
    JobState state =
        jdbc.sql("select state from training.job where id = :id for update")
            .param("id", id)
            .query((row, number) -> JobState.valueOf(row.getString(1)))
            .optional()
            .orElseThrow(
                () ->
                    new ApiException(
                        Problem.NOT_FOUND,
                        "There is no job '%s'.".formatted(id),
                        "GET /api/v1/jobs lists the ones there are."));
    if (state == JobState.QUEUED || state == JobState.RUNNING) {
      throw new ApiException(
          Problem.CONFLICT,
          "The job '%s' is %s.".formatted(id, state),
          "Cancel or pause it first: only a job that has ended or is paused can be deleted.");
    }
    return state;
  }

  private Parted part(List<Stored> all, String job) {
    Map<String, List<String>> uses = checkpoints.uses(all, job);
    List<Stored> gone = new ArrayList<>();
    List<Kept> kept = new ArrayList<>();
    for (Stored checkpoint : all) {
      List<String> why = uses.get(checkpoint.id());
      if (why == null) {
        gone.add(checkpoint);
      } else {
        kept.add(new Kept(checkpoint.id(), String.join("; ", why)));
      }
    }
    return new Parted(gone, kept);
  }
}
