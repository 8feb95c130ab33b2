package io.lodisc.training.monitoring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The gauges of one attempt at a job: each is there from its first value on. */
final class JobSeries implements AutoCloseable {

  private static final class Series {
    private volatile double value;
    private Gauge gauge;
  }

  private record Key(String name, Tags tags) {}

  private final MeterRegistry registry;
  private final String job;
  private final Map<Key, Series> series = new ConcurrentHashMap<>();

  JobSeries(MeterRegistry registry, String job) {
    this.registry = registry;
    this.job = job;
  }

  /**
   * Shows a value.
   *
   * @param value null if it is not known
   * @param tags names and values, beside the job's id
   */
  void set(String name, Number value, String... tags) {
    if (value != null) {
      series.computeIfAbsent(new Key(name, Tags.of(tags)), this::registered).value =
          value.doubleValue();
    }
  }

  private Series registered(Key key) {
    Series one = new Series();
    one.gauge =
        Gauge.builder(key.name(), one, s -> s.value)
            .tags(key.tags())
            .tag("job_id", job)
            .register(registry);
    return one;
  }

  @Override
  public void close() {
    series.values().forEach(one -> registry.remove(one.gauge));
    series.clear();
  }
}
