package io.lodisc.training.worker;

import io.lodisc.training.housekeeping.Headroom;
import io.lodisc.training.housekeeping.Retention;
import io.lodisc.training.job.Attempt;
import io.lodisc.training.job.JobOrder;
import io.lodisc.training.job.JobOrders;
import io.lodisc.training.monitoring.JobTraces;
import io.lodisc.training.monitoring.TrainingMeters;
import io.lodisc.training.pretrain.Fault;
import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.JobQueue;
import io.lodisc.training.queue.Outcome;
import io.lodisc.training.queue.QueueException;
import io.lodisc.training.queue.WakeUp;
import io.lodisc.training.queue.Worker;
import io.lodisc.web.blob.BlobException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Takes job after job from the queue until it is told to stop. */
final class JobWorker implements Runnable {

  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(JobWorker.class);

  /** What the workers of a process share. */
  record Tools(
      JobQueue queue,
      JobOrders orders,
      WakeUp wakeUp,
      Headroom disk,
      Retention retention,
      TrainingMeters meters,
      JobTraces traces,
      Duration heartbeat) {}

  private final Tools tools;
  private final Worker worker;
  private final Stop stop;
  private volatile Attempt current;
  private volatile long idleSince = System.nanoTime();

  JobWorker(Tools tools, Worker worker, Stop stop) {
    this.tools = tools;
    this.worker = worker;
    this.stop = stop;
  }

  @Override
  public void run() {
    try {
      while (!stop.requested()) {
        try {
          work();
        } catch (QueueException e) {
          log.error("The queue cannot be read; trying again", e);
          stop.within(PAUSE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the job that runs, if one does, write a checkpoint and go back to the queue. */
  void shutDown() {
    Attempt running = current;
    if (running != null) {
      running.shutDown();
    }
  }

  /** How long it has had no job. */
  Duration idle() {
    return current == null ? Duration.ofNanos(System.nanoTime() - idleSince) : Duration.ZERO;
  }

  private void work() throws InterruptedException {
    Optional<Claim> claim = tools.queue().claim(worker);
    if (claim.isEmpty()) {
      tools.wakeUp().await(IDLE);
      return;
    }
    try (JobTraces.Scope scope = tools.traces().begin(claim.get())) {
      attempt(claim.get());
    }
  }

  private void attempt(Claim claim) throws InterruptedException {
    Attempt attempt = new Attempt(claim);
    current = attempt;
    if (stop.requested()) {
      attempt.shutDown(); // which may have come before there was one
    }
    tools.meters().begin(attempt.claim());
    try (Heartbeat heartbeat = new Heartbeat(tools.queue(), attempt, tools.heartbeat())) {
      Outcome outcome = outcome(attempt);
      log.info("Job {} ended: {}", attempt.claim().job(), outcome);
      end(attempt, outcome);
    } finally {
      tools.meters().end(attempt.claim());
      idleSince = System.nanoTime();
      current = null;
    }
  }

  private Outcome outcome(Attempt attempt) throws InterruptedException {
    String id = attempt.claim().job();
    try {
      Optional<String> lacking = tools.disk().lacking();
      if (lacking.isPresent()) {
        return Outcome.broken(lacking.get(), Fault.DISK);
      }
      JobOrder order = tools.orders().get(id);
      return tools.orders().type(order.type()).run(order, attempt);
    } catch (DataAccessException | IOException | BlobException e) {
      log.error("Job {} could not be run", id, e);
      return Outcome.broken("The job could not be started: " + e.getMessage(), Fault.OTHER);
    } catch (RuntimeException e) {
      log.error("Job {} could not be run", id, e);
      return Outcome.failed("The job could not be started: " + e.getMessage(), Fault.OTHER);
    }
  }

  /** A job that ended must not stay running because the database was away for a moment. */
  private void end(Attempt attempt, Outcome outcome) throws InterruptedException {
    while (true) {
      try {
        tools.queue().renew(attempt.claim(), attempt.progress());
        tools.orders().end(attempt.claim(), outcome);
        tools.retention().after(attempt.claim());
        return;
      } catch (QueueException | DataAccessException e) {
        log.error("The end of job {} cannot be written; trying again", attempt.claim().job(), e);
        if (stop.within(PAUSE)) {
          return;
        }
      }
    }
  }
}
