package io.lodisc.training.job;

import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.training.child.Child;
import io.lodisc.training.child.ChildEvent;
import io.lodisc.training.child.ChildEvent.Cancelled;
import io.lodisc.training.child.ChildEvent.CheckpointWritten;
import io.lodisc.training.child.ChildEvent.Done;
import io.lodisc.training.child.ChildEvent.EpochEnded;
import io.lodisc.training.child.ChildEvent.Evaluated;
import io.lodisc.training.child.ChildEvent.Failed;
import io.lodisc.training.child.ChildEvent.Last;
import io.lodisc.training.child.ExitWords;
import io.lodisc.training.child.Progress;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** One run of one job: hears its process's events, reports them, and says how it ended. */
final class JobRun {

  static final Duration TICK = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(JobRun.class);

  private final Claim claim;
  private final JobQueue queue;
  private final JobEpochs epochs;
  private final CheckpointPublisher publisher;
  private final Duration grace;
  private final Stop stop;

  private volatile Progress progress = Progress.NONE;
  private volatile Last last;
  private volatile String broken;
  private boolean cancelling;
  private boolean killed;

  JobRun(
      Claim claim,
      JobQueue queue,
      JobEpochs epochs,
      CheckpointPublisher publisher,
      Duration grace,
      Stop stop) {
    this.claim = claim;
    this.queue = queue;
    this.epochs = epochs;
    this.publisher = publisher;
    this.grace = grace;
    this.stop = stop;
  }

  Progress progress() {
    return progress;
  }

  /** Called on the child's own thread. */
  void hear(ChildEvent event) {
    switch (event) {
      case Progress p -> progress = p;
      case EpochEnded ended ->
          keep("epoch " + ended.row().epoch(), () -> epochs.put(claim, ended.row()));
      case Evaluated found ->
          keep(
              "evaluation of epoch " + found.epoch(),
              () -> queue.evaluated(claim, found.summary().toString()));
      case CheckpointWritten written -> publish(Path.of(written.folder()));
      case Last end -> last = end;
    }
  }

  /** Returns when the process has ended, however it ended, and all it said was dealt with. */
  Outcome follow(Child child) throws InterruptedException {
    long deadline = System.nanoTime() + grace.toNanos();
    while (!child.endsWithin(TICK)) {
      boolean ending = cancelling || last != null;
      if (stop.requested() || broken != null) {
        kill(child);
        continue;
      }
      switch (report()) {
        case GO_ON -> {}
        case LOST -> kill(child);
        case CANCEL -> {
          if (!cancelling) {
            cancelling = true;
            child.askToCancel();
          }
        }
      }
      if (!ending) {
        deadline = System.nanoTime() + grace.toNanos();
      } else if (System.nanoTime() - deadline > 0) {
        kill(child);
      }
    }
    return outcome(child.exit());
  }

  private Outcome outcome(int exit) throws InterruptedException {
    if (broken != null) {
      return Outcome.failed(broken);
    }
    if (last instanceof Done && (exit == 0 || killed)) {
      return Outcome.SUCCEEDED;
    }
    if (cancelling || last instanceof Cancelled) {
      return Outcome.CANCELLED;
    }
    if (last instanceof Failed failed) {
      return Outcome.failed(
          failed.hint() == null ? failed.reason() : failed.reason() + " " + failed.hint());
    }
    // A Ctrl-C reaches the child too, perhaps before this process knows that it is to stop.
    if (stop.requested() || ExitWords.maybeShutdown(exit) && stop.within(RETRY)) {
      return Outcome.failed("Interrupted: the training service was shut down while the job ran.");
    }
    return Outcome.failed(ExitWords.of(exit));
  }

  private JobQueue.Answer report() {
    try {
      return queue.report(claim, progress);
    } catch (DataAccessException e) {
      log.warn("The progress of job {} could not be reported", claim.job(), e);
      return JobQueue.Answer.GO_ON;
    }
  }

  private void publish(Path folder) {
    String name = folder.getFileName().toString();
    keep(
        "checkpoint " + name,
        () -> {
          try {
            publisher.publish(claim, folder);
          } catch (CheckpointException e) {
            broken = "The checkpoint %s is damaged: %s".formatted(name, e.getMessage());
          }
        });
  }

  /** Writes to the database, again and again while it is away. */
  private void keep(String what, Runnable write) {
    while (!stop.requested() && broken == null) {
      try {
        write.run();
        return;
      } catch (DataAccessException | TransactionException e) {
        log.warn("The {} of job {} could not be kept; trying again", what, claim.job(), e);
        pause();
      } catch (RuntimeException e) {
        log.error("The {} of job {} could not be kept", what, claim.job(), e);
        broken = "The %s could not be registered.".formatted(what);
      }
    }
  }

  private void pause() {
    try {
      stop.within(RETRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void kill(Child child) {
    killed = true;
    child.kill();
  }
}
