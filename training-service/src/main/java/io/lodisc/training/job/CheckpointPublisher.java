package io.lodisc.training.job;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import java.nio.file.Path;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Registers what a job writes, while the job is still its worker's. */
@Component
class CheckpointPublisher {

  private final CheckpointRegistry checkpoints;
  private final JobQueue queue;
  private final TransactionOperations transaction;

  CheckpointPublisher(
      CheckpointRegistry checkpoints, JobQueue queue, TransactionOperations transaction) {
    this.checkpoints = checkpoints;
    this.queue = queue;
    this.transaction = transaction;
  }

  /**
   * Verifies the files and makes them the job's newest checkpoint.
   *
   * @throws io.lodisc.model.checkpoint.CheckpointException if they are damaged
   */
  void publish(Claim claim, Path folder) {
    Manifest manifest = Checkpoints.verify(folder);
    String id = claim.job() + "-" + manifest.step();
    transaction.executeWithoutResult(
        status -> {
          if (checkpoints.find(id).isEmpty()) {
            checkpoints.register(id, folder, manifest);
          }
          if (!queue.newest(claim, id)) {
            status.setRollbackOnly();
          }
        });
  }
}
