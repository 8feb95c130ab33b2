package io.lodisc.training.job;

import io.lodisc.training.child.Child;
import io.lodisc.training.child.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Takes job after job from the queue until it is told to stop. */
final class JobWorker implements Runnable {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(JobWorker.class);

  /** What the workers of a process share. */
  record Tools(
      JobQueue queue,
      JobEpochs epochs,
      JobRepository jobs,
      JobLauncher launcher,
      CheckpointPublisher publisher,
      WakeUp wakeUp,
      Duration grace) {}

  private final Tools tools;
  private final String name;
  private final Stop stop;
  private final Set<Child> children = ConcurrentHashMap.newKeySet();

  JobWorker(Tools tools, String name, Stop stop) {
    this.tools = tools;
    this.name = name;
    this.stop = stop;
  }

  @Override
  public void run() {
    try {
      while (!stop.requested()) {
        try {
          work();
        } catch (DataAccessException e) {
          log.error("The queue cannot be read; trying again", e);
          stop.within(PAUSE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the process of the job that runs, if one does. */
  void kill() {
    children.forEach(Child::kill);
  }

  private void work() throws InterruptedException {
    Claim claim = tools.queue().claim(name).orElse(null);
    if (claim == null) {
      tools.wakeUp().await(JobRun.TICK);
      return;
    }
    JobRun run =
        new JobRun(claim, tools.queue(), tools.epochs(), tools.publisher(), tools.grace(), stop);
    Outcome outcome = outcome(claim.job(), run);
    log.info("Job {} ended: {}", claim.job(), outcome);
    end(claim, outcome, run.progress());
  }

  private Outcome outcome(String id, JobRun run) throws InterruptedException {
    try {
      Job job = tools.jobs().findById(id).orElseThrow();
      Child child = tools.launcher().launch(job, run::hear);
      children.add(child);
      try {
        return run.follow(child);
      } finally {
        child.kill();
        children.remove(child);
      }
    } catch (IOException | RuntimeException e) {
      log.error("Job {} could not be run", id, e);
      return Outcome.failed("The job could not be started: " + e.getMessage());
    }
  }

  /** A job that ended must not stay running because the database was away for a moment. */
  private void end(Claim claim, Outcome outcome, Progress progress) throws InterruptedException {
    while (true) {
      try {
        tools.queue().end(claim, outcome, progress);
        return;
      } catch (DataAccessException e) {
        log.error("The end of job {} cannot be written; trying again", claim.job(), e);
        if (stop.within(PAUSE)) {
          return;
        }
      }
    }
  }
}
