package io.lodisc.web.monitoring;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a sample every so often, on a thread of its own: a scrape waits for nothing, whatever the
 * sample's source does.
 */
public final class Sampling<T> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Sampling.class);

  private final String what;
  private final Callable<T> source;
  private final ScheduledExecutorService clock;
  private volatile T latest;
  private boolean failing;

  /**
   * Starts at once.
   *
   * @param what is sampled, for the log
   */
  public Sampling(String what, Duration every, Callable<T> source) {
    this.what = what;
    this.source = source;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sampling-" + what.replace(' ', '-')).factory());
    clock.scheduleWithFixedDelay(this::sample, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sample() {
    try {
      latest = source.call();
      failing = false;
    } catch (Exception e) {
      latest = null;
      if (!failing) {
        log.warn("The {} cannot be sampled; trying again", what, e);
      }
      failing = true;
    }
  }

  /** The last sample; none while the source fails. */
  public Optional<T> latest() {
    return Optional.ofNullable(latest);
  }

  /** A number of the last sample; NaN while the source fails. */
  public double value(ToDoubleFunction<T> number) {
    T now = latest;
    return now == null ? Double.NaN : number.applyAsDouble(now);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
