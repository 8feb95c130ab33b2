package io.lodisc.training.job;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Lets idle workers look at the queue at once instead of at their next poll. */
@Component
class WakeUp {

  private final Semaphore calls = new Semaphore(0);

  void call() {
    calls.release();
  }

  void await(Duration atMost) throws InterruptedException {
    calls.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }
}
