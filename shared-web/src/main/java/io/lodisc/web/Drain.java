package io.lodisc.web;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;

/**
 * Goes on serving for a while after a service was told to stop and says that it is not ready: who
 * sends requests sees that only with the next look. Runs beside whatever else stops first, and
 * before the server takes no more connections.
 */
class Drain implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Drain.class);

  private final Duration time;
  private volatile boolean running;

  Drain(@Value("${lodisc.drain}") Duration time) {
    if (time.isNegative()) {
      throw new SettingException("lodisc.drain", time, "must not be negative", null);
    }
    this.time = time;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    throw new UnsupportedOperationException("stops in its own time");
  }

  @Override
  public void stop(Runnable stopped) {
    Thread.ofVirtual()
        .name("drain")
        .start(
            () -> {
              drain();
              running = false;
              stopped.run();
            });
  }

  private void drain() {
    if (!time.isZero()) {
      log.info("Not ready any more; serving for another {} s", time.toMillis() / 1e3);
    }
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
