package io.lodisc.training.queue;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets idle workers of this process look at the queue at once instead of at their next poll. */
public final class WakeUp {

  private final Semaphore calls = new Semaphore(0);

  public void call() {
    calls.release();
  }

  public void await(Duration atMost) throws InterruptedException {
    calls.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }
}
