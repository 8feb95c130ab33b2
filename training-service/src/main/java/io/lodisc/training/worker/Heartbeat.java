package io.lodisc.training.worker;

import io.lodisc.training.child.LogContext;
import io.lodisc.training.job.Attempt;
import io.lodisc.training.queue.JobQueue;
import io.lodisc.training.queue.QueueException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews an attempt's lease on a thread of its own, whatever the attempt is doing, until it is
 * closed: the last thing of an attempt, after its end is written.
 */
final class Heartbeat implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

  private final JobQueue queue;
  private final Attempt attempt;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  Heartbeat(JobQueue queue, Attempt attempt, Duration every) {
    this.queue = queue;
    this.attempt = attempt;
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("heartbeat-" + attempt.claim().job())
            .start(LogContext.carried(() -> beat(every)));
  }

  private void beat(Duration every) {
    try {
      while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        renew();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void renew() {
    try {
      attempt.answered(queue.renew(attempt.claim(), attempt.progress()));
    } catch (QueueException e) {
      log.warn("The lease of job {} could not be renewed; trying again", attempt.claim().job(), e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    thread.join();
  }
}
