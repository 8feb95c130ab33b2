package io.lodisc.training.job;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.housekeeping.Retention;
import io.lodisc.training.pretrain.TrainingLog.EpochRow;
import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.JobQueue;
import java.nio.file.Path;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what a job's process tells, while the job is still its worker's. */
@Component
class JobRecords {

  private final CheckpointRegistry checkpoints;
  private final JobQueue queue;
  private final JobEpochs epochs;
  private final Retention retention;
  private final TransactionOperations transaction;
  private final JsonMapper json;

  JobRecords(
      CheckpointRegistry checkpoints,
      JobQueue queue,
      JobEpochs epochs,
      Retention retention,
      TransactionOperations transaction,
      JsonMapper json) {
    this.checkpoints = checkpoints;
    this.queue = queue;
    this.epochs = epochs;
    this.retention = retention;
    this.transaction = transaction;
    this.json = json;
  }

  void epoch(Claim claim, EpochRow row) {
    if (epochs.put(claim, row)) {
      queue.tell(claim, "epoch", json.writeValueAsString(row));
    }
  }

  void evaluated(Claim claim, String summary) {
    if (queue.evaluated(claim, summary)) {
      queue.tell(claim, "evaluation", summary);
    }
  }

  /**
   * Verifies the files, makes them the job's newest checkpoint and lets older ones go.
   *
   * @throws io.lodisc.model.checkpoint.CheckpointException if they are damaged
   */
  void publish(Claim claim, Path folder) {
    Manifest manifest = Checkpoints.verify(folder);
    String id = claim.job() + "-" + manifest.step();
    transaction.executeWithoutResult(
        status -> {
          checkpoints.registerOrReplace(id, folder, manifest);
          String told =
              json.writeValueAsString(
                  json.createObjectNode().put("checkpoint", id).put("epoch", manifest.epoch()));
          if (!queue.newest(claim, id) || !queue.tell(claim, "checkpoint", told)) {
            status.setRollbackOnly();
          }
        });
    retention.after(claim);
  }
}
