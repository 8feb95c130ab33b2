package io.lodisc.training.job;

import io.lodisc.training.child.LogContext;
import io.lodisc.training.child.Progress;
import io.lodisc.training.follow.LogPiece;
import io.lodisc.training.pretrain.StepMetrics;
import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.QueueException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Tells of an attempt what its followers want to see, on a thread of its own: its log, its metrics,
 * how far it is. The training waits for none of it; what cannot be told while the database is away
 * is told later.
 */
final class Reporting {

  private static final Duration EVERY = Duration.ofMillis(500);
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(2);
  private static final Duration LONGEST_END = Duration.ofMinutes(5);
  private static final int BATCH = 100;
  private static final int STALE = 200;
  private static final Logger log = LoggerFactory.getLogger(Reporting.class);

  private final Attempt attempt;
  private final Claim claim;
  private final JobRecords records;
  private final AttemptLogs logs;
  private final Queue<StepMetrics> metrics = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("reporting").unstarted(LogContext.carried(this::run));
  private Progress told = Progress.NONE;
  private long toldAt = System.nanoTime() - PROGRESS_EVERY.toNanos();
  private int passing;

  /**
   * @param folder of the attempt, among those of the job's other attempts
   */
  Reporting(Attempt attempt, JobRecords records, Path folder) {
    this.attempt = attempt;
    this.claim = attempt.claim();
    this.records = records;
    this.logs = new AttemptLogs(folder, claim, records);
  }

  void start() {
    thread.start();
  }

  void measured(StepMetrics step) {
    metrics.add(step);
  }

  /**
   * Whether all is told, within that time. Called when the process has ended and no more is to
   * come.
   */
  boolean endsWithin(Duration time) throws InterruptedException {
    end();
    return thread.join(time);
  }

  /** Lets it end by itself. */
  void end() {
    ending.countDown();
  }

  private void run() {
    try {
      while (!ending.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        report(false);
      }
      long ended = System.nanoTime();
      while (!report(true) && !attempt.isOver()) {
        if (System.nanoTime() - ended > LONGEST_END.toNanos()) {
          log.error("The end of job {}'s log or metrics cannot be kept", claim.job());
          return;
        }
        TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether nothing was left over. */
  private boolean report(boolean ended) {
    try {
      logs(ended);
      metrics();
      progress(ended);
      return true;
    } catch (QueueException | DataAccessException | TransactionException e) {
      log.warn("The followers of job {} cannot be told; trying again", claim.job(), e);
      return false;
    } catch (RuntimeException e) {
      log.error("The followers of job {} miss something", claim.job(), e);
      return true;
    }
  }

  private void logs(boolean ended) {
    try {
      for (Optional<LogPiece> piece = logs.next(ended);
          piece.isPresent();
          piece = logs.next(ended)) {
        records.log(claim, piece.get());
        logs.passed(piece.get());
      }
    } catch (IOException e) {
      log.warn("The log of job {} cannot be read", claim.job(), e);
    }
  }

  private void metrics() {
    while (!metrics.isEmpty()) {
      List<StepMetrics> batch = metrics.stream().limit(BATCH).toList();
      records.metrics(claim, batch);
      batch.forEach(step -> metrics.remove());
      passed(batch.size());
    }
  }

  private void progress(boolean ended) {
    Progress now = attempt.progress();
    boolean due = ended || System.nanoTime() - toldAt >= PROGRESS_EVERY.toNanos();
    if (due && !now.equals(told)) {
      records.progress(claim, now);
      told = now;
      toldAt = System.nanoTime();
      passed(1);
    }
  }

  private void passed(int events) {
    passing += events;
    if (passing >= STALE) {
      records.prune(claim);
      passing = 0;
    }
  }
}
