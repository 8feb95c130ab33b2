package io.lodisc.training.job;

import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.model.engine.Precision;
import io.lodisc.training.child.Child;
import io.lodisc.training.child.ChildEvent;
import io.lodisc.training.child.ChildEvent.Cancelled;
import io.lodisc.training.child.ChildEvent.CheckpointWritten;
import io.lodisc.training.child.ChildEvent.Done;
import io.lodisc.training.child.ChildEvent.EpochEnded;
import io.lodisc.training.child.ChildEvent.Evaluated;
import io.lodisc.training.child.ChildEvent.Failed;
import io.lodisc.training.child.ChildEvent.Last;
import io.lodisc.training.child.ChildEvent.Measured;
import io.lodisc.training.child.ChildEvent.Paused;
import io.lodisc.training.child.ExitWords;
import io.lodisc.training.child.Progress;
import io.lodisc.training.monitoring.JobTraces;
import io.lodisc.training.pretrain.Fault;
import io.lodisc.training.queue.Answer;
import io.lodisc.training.queue.Outcome;
import io.lodisc.training.storage.StoppedException;
import io.lodisc.web.blob.BlobException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An attempt in a process of its own: hears its events, passes on requests, says how it ended. */
final class ChildRun {

  private static final Duration TICK = Duration.ofMillis(200);
  private static final Logger log = LoggerFactory.getLogger(ChildRun.class);

  private final Attempt attempt;
  private final JobRecords records;
  private final ChildLimits limits;
  private final long memoryMebibytes;

  private volatile Last last;
  private volatile String broken;
  private volatile Reporting reporting;
  private volatile String crowded;
  private Answer told = Answer.GO_ON;
  private String tooLarge;

  /**
   * @param memoryMebibytes it may use; 0: any
   */
  ChildRun(Attempt attempt, JobRecords records, ChildLimits limits, long memoryMebibytes) {
    this.attempt = attempt;
    this.records = records;
    this.limits = limits;
    this.memoryMebibytes = memoryMebibytes;
  }

  /**
   * Returns when the process has ended, however it did, and all it said and logged is dealt with.
   *
   * @param folder of the attempt
   */
  Outcome follow(Preparation preparation, Path folder, Precision precision)
      throws IOException, InterruptedException {
    reporting = new Reporting(attempt, records, folder);
    reporting.start();
    try {
      List<String> command = preparation.command(new AttemptWaiting(attempt, folder));
      return follow(
          Child.start(
              command, folder, precision, JobTraces.variables(attempt.claim()), this::hear));
    } catch (StoppedException e) {
      Answer asked = attempt.asked();
      return asked == Answer.LOST ? Outcome.LOST : stopped(asked);
    } finally {
      reporting.end();
    }
  }

  private Outcome follow(Child child) throws InterruptedException {
    try {
      long asked = System.nanoTime();
      while (!child.endsWithin(TICK) || !reporting.endsWithin(TICK)) {
        if (attempt.asked() == Answer.LOST || broken != null || isTooLarge(child)) {
          child.kill();
        } else {
          pass(asked(), child);
        }
        if (told == Answer.GO_ON && last == null) {
          asked = System.nanoTime();
        } else if (System.nanoTime() - asked > grace().toNanos()) {
          attempt.abandon();
          child.kill();
        }
      }
      return outcome(child.exit());
    } finally {
      child.kill();
    }
  }

  /** A job that has no room is to pause, whoever else asks nothing of it. */
  private Answer asked() {
    Answer asked = attempt.asked();
    return asked == Answer.GO_ON && crowded != null ? Answer.PAUSE : asked;
  }

  private Duration grace() {
    return told == Answer.PAUSE && last == null ? limits.pauseGrace() : limits.grace();
  }

  /** A cancel may follow a request to pause, nothing else follows. */
  private void pass(Answer asked, Child child) {
    if (asked != told && told != Answer.CANCEL && asked != Answer.GO_ON) {
      told = asked;
      child.ask(asked == Answer.CANCEL ? "cancel" : "pause");
    }
  }

  private boolean isTooLarge(Child child) {
    long used = memoryMebibytes == 0 ? 0 : child.memoryMebibytes();
    if (used > memoryMebibytes) {
      tooLarge =
          "The training process used %d MiB, more than the %d MiB of needs.memory."
              .formatted(used, memoryMebibytes);
    }
    return tooLarge != null;
  }

  /** Called on the child's own thread. */
  private void hear(ChildEvent event) {
    records.heard(attempt.claim(), event);
    switch (event) {
      case Progress progress -> attempt.progress(progress);
      case Measured measured -> reporting.measured(measured.metrics());
      case EpochEnded ended -> {
        keep("epoch", () -> records.epoch(attempt.claim(), ended.row()));
        lookForRoom();
      }
      case Evaluated found -> keep("evaluation", () -> records.evaluated(attempt.claim(), found));
      case CheckpointWritten written -> {
        Path folder = Path.of(written.folder());
        keep(
            "checkpoint " + folder.getFileName(),
            () -> records.publish(attempt.claim(), folder, written.seconds()));
      }
      case Last end -> last = end;
    }
  }

  private void lookForRoom() {
    try {
      if (crowded == null) {
        crowded = limits.disk().lacking().orElse(null);
      }
    } catch (IOException e) {
      crowded = "The disk of lodisc.home cannot be asked for its room: " + e.getMessage();
    }
  }

  private void keep(String what, Runnable write) {
    try {
      attempt.keep(what, write);
    } catch (CheckpointException e) {
      broken = "The %s is damaged: %s".formatted(what, e.getMessage());
    } catch (BlobException e) {
      log.error("The {} of job {} could not be stored", what, attempt.claim().job(), e);
      broken = "The %s could not be stored: %s".formatted(what, e.getMessage());
    } catch (RuntimeException e) {
      log.error("The {} of job {} could not be kept", what, attempt.claim().job(), e);
      broken = "The %s could not be registered.".formatted(what);
    }
  }

  private Outcome outcome(int exit) {
    Answer asked = attempt.asked();
    if (asked == Answer.LOST) {
      return Outcome.LOST;
    }
    if (broken != null) {
      return Outcome.broken(broken, Fault.OTHER);
    }
    if (tooLarge != null) {
      return Outcome.failed(tooLarge, Fault.MEMORY);
    }
    return switch (last) {
      case Done done -> Outcome.SUCCEEDED;
      case Cancelled cancelled -> Outcome.CANCELLED;
      case Paused paused -> stopped(asked);
      case Failed failed when told == Answer.GO_ON -> failed(failed);
      case Failed failed -> stopped(asked);
      case null ->
          told == Answer.GO_ON && !attempt.isShuttingDown()
              ? ExitWords.isHopeless(exit)
                  ? Outcome.failed(ExitWords.of(exit), ExitWords.fault(exit))
                  : Outcome.broken(ExitWords.of(exit), ExitWords.fault(exit))
              : stopped(asked);
    };
  }

  private static Outcome failed(Failed failed) {
    String reason = failed.hint() == null ? failed.reason() : failed.reason() + " " + failed.hint();
    Fault fault = failed.fault() == null ? Fault.OTHER : failed.fault();
    return failed.passing() ? Outcome.broken(reason, fault) : Outcome.failed(reason, fault);
  }

  /** What a stop that was asked for makes of the job. */
  private Outcome stopped(Answer asked) {
    if (told == Answer.CANCEL || asked == Answer.CANCEL) {
      return Outcome.CANCELLED;
    }
    if (attempt.isPauseOfUser()) {
      return Outcome.PAUSED;
    }
    return crowded == null ? Outcome.RELEASED : Outcome.broken(crowded, Fault.DISK);
  }
}
