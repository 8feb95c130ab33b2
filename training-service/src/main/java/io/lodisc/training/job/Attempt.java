package io.lodisc.training.job;

import io.lodisc.training.child.Progress;
import io.lodisc.training.queue.Answer;
import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.QueueException;
import io.lodisc.web.blob.BlobException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** One attempt at a job, as the thread that makes it and the one that renews its lease see it. */
public final class Attempt {

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(Attempt.class);

  private final Claim claim;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile Progress progress = Progress.NONE;
  private volatile Answer answer = Answer.GO_ON;
  private volatile boolean shuttingDown;

  public Attempt(Claim claim) {
    this.claim = claim;
  }

  public Claim claim() {
    return claim;
  }

  public Progress progress() {
    return progress;
  }

  public void progress(Progress now) {
    progress = now;
  }

  /** Passes on what the queue answered; what was lost stays lost. */
  public void answered(Answer now) {
    if (answer != Answer.LOST) {
      answer = now;
    }
    if (now == Answer.LOST) {
      over.countDown();
    }
  }

  /** The worker is to end: the job goes on elsewhere. */
  public void shutDown() {
    shuttingDown = true;
  }

  public boolean isShuttingDown() {
    return shuttingDown;
  }

  /** Whether it is its user who wants it to pause. */
  boolean isPauseOfUser() {
    return answer == Answer.PAUSE;
  }

  /** What to do now: go on, or stop in one way or another. */
  public Answer asked() {
    return answer == Answer.GO_ON && shuttingDown ? Answer.PAUSE : answer;
  }

  /** Whether no more is to be kept. */
  boolean isOver() {
    return over.getCount() == 0;
  }

  /** No more is to be kept: the attempt ends now, whatever the database says. */
  public void abandon() {
    over.countDown();
  }

  /**
   * Writes to the database and the store, again and again while they are away and the attempt is
   * not over.
   *
   * @return false if it was not written
   * @throws RuntimeException if it never can be
   */
  public boolean keep(String what, Runnable write) {
    while (over.getCount() > 0) {
      try {
        write.run();
        return true;
      } catch (QueueException | DataAccessException | TransactionException | BlobException e) {
        if (e instanceof BlobException refused && !refused.isPassing()) {
          throw e;
        }
        log.warn("The {} of job {} could not be kept; trying again", what, claim.job(), e);
        pause();
      }
    }
    return false;
  }

  /** Before something is tried again. */
  void pause() {
    try {
      over.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
