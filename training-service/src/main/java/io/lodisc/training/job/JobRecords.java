package io.lodisc.training.job;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.checkpoint.Manifest.FileEntry;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.checkpoint.CheckpointStore;
import io.lodisc.training.child.ChildEvent;
import io.lodisc.training.child.ChildEvent.Evaluated;
import io.lodisc.training.child.Progress;
import io.lodisc.training.follow.JobEvents;
import io.lodisc.training.follow.JobLog;
import io.lodisc.training.follow.JobMetrics;
import io.lodisc.training.follow.LogPiece;
import io.lodisc.training.follow.Metric;
import io.lodisc.training.housekeeping.Retention;
import io.lodisc.training.monitoring.TrainingMeters;
import io.lodisc.training.pretrain.StepMetrics;
import io.lodisc.training.pretrain.TrainingLog.EpochRow;
import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.JobQueue;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Keeps what a job's process tells, while the job is still its worker's. */
@Component
class JobRecords {

  private final CheckpointRegistry checkpoints;
  private final CheckpointStore store;
  private final JobQueue queue;
  private final JobEpochs epochs;
  private final JobMetrics metrics;
  private final JobLog log;
  private final JobEvents events;
  private final Retention retention;
  private final TrainingMeters meters;
  private final TransactionOperations transaction;
  private final JsonMapper json;

  JobRecords(
      CheckpointRegistry checkpoints,
      CheckpointStore store,
      JobQueue queue,
      JobEpochs epochs,
      JobMetrics metrics,
      JobLog log,
      JobEvents events,
      Retention retention,
      TrainingMeters meters,
      TransactionOperations transaction,
      JsonMapper json) {
    this.checkpoints = checkpoints;
    this.store = store;
    this.queue = queue;
    this.epochs = epochs;
    this.metrics = metrics;
    this.log = log;
    this.events = events;
    this.retention = retention;
    this.meters = meters;
    this.transaction = transaction;
    this.json = json;
  }

  /** Shows operators what it tells, whether or not it can be kept. */
  void heard(Claim claim, ChildEvent event) {
    meters.heard(claim, event);
  }

  void epoch(Claim claim, EpochRow row) {
    transaction.executeWithoutResult(
        status -> {
          if (epochs.put(claim, row)) {
            queue.tell(claim, "epoch", json.writeValueAsString(row));
          }
        });
  }

  void evaluated(Claim claim, Evaluated found) {
    String summary = found.summary().toString();
    transaction.executeWithoutResult(
        status -> {
          if (queue.evaluated(claim, summary) && isNew(claim, found)) {
            queue.tell(claim, "evaluation", summary);
          }
        });
  }

  private boolean isNew(Claim claim, Evaluated found) {
    return found.measured() == null || metrics.putAtEpoch(claim, found.epoch(), found.measured());
  }

  void progress(Claim claim, Progress progress) {
    ObjectNode told = json.valueToTree(progress);
    queue.tell(claim, "progress", told.without("event").toString());
  }

  /** Keeps what steps measured, the first step first; tells of what is new. */
  void metrics(Claim claim, List<StepMetrics> steps) {
    transaction.executeWithoutResult(
        status -> {
          if (metrics.goesOn(claim, steps.getFirst().step())) {
            for (StepMetrics step : steps) {
              if (metrics.put(claim, new Metric(step.step(), step.epoch(), step.values()))) {
                queue.tell(claim, "metrics", json.writeValueAsString(step));
              }
            }
          }
        });
  }

  void log(Claim claim, LogPiece piece) {
    log.append(claim, piece);
  }

  /** How many bytes of an attempt's log are kept. */
  long logged(Claim claim, long attempt) {
    return log.shipped(claim.job(), attempt);
  }

  /** Removes events that later ones have made stale. */
  void prune(Claim claim) {
    events.prune(claim);
  }

  /**
   * Verifies the files, keeps them in the store, makes them the job's newest checkpoint and lets
   * older ones go.
   *
   * @param seconds that writing took; null if that was counted before
   * @throws io.lodisc.model.checkpoint.CheckpointException if they are damaged
   */
  void publish(Claim claim, Path folder, Double seconds) {
    Manifest manifest = Checkpoints.verify(folder);
    String id = claim.job() + "-" + manifest.step();
    boolean missing = checkpoints.isMissing(id);
    if (missing) {
      store.keep(folder, manifest);
    }
    transaction.executeWithoutResult(
        status -> {
          if (missing) {
            checkpoints.registerOrReplace(id, folder, manifest);
          }
          String told =
              json.writeValueAsString(
                  json.createObjectNode().put("checkpoint", id).put("epoch", manifest.epoch()));
          if (!queue.newest(claim, id) || !queue.tell(claim, "checkpoint", told)) {
            status.setRollbackOnly();
          }
        });
    if (seconds != null) {
      long bytes = manifest.files().values().stream().mapToLong(FileEntry::bytes).sum();
      meters.checkpoint(seconds, bytes);
    }
    retention.after(claim);
  }
}
