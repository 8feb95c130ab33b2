package io.lodisc.inference.model;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Which checkpoint each alias means here, and for how long that could not be made sure. */
@Component
class ModelMeters {

  private final MultiGauge models;
  private final MultiGauge unchecked;
  private final Map<String, Long> checked = new ConcurrentHashMap<>();

  ModelMeters(MeterRegistry registry) {
    this.models =
        MultiGauge.builder("lodisc.inference.model.info")
            .description("The checkpoint that serves an alias")
            .register(registry);
    this.unchecked =
        MultiGauge.builder("lodisc.inference.model.unchecked")
            .description("How long ago an alias was looked up, and what it means loaded")
            .baseUnit("seconds")
            .register(registry);
  }

  /**
   * Aliases were added, moved or removed.
   *
   * @param serving alias to checkpoint
   */
  synchronized void serving(Map<String, String> serving) {
    serving.keySet().forEach(alias -> checked.putIfAbsent(alias, System.nanoTime()));
    checked.keySet().retainAll(serving.keySet());
    models.register(
        serving.entrySet().stream()
            .<Row<?>>map(
                model ->
                    Row.of(Tags.of("alias", model.getKey(), "checkpoint", model.getValue()), 1))
            .toList(),
        true);
    unchecked.register(
        serving.keySet().stream()
            .<Row<?>>map(alias -> Row.of(Tags.of("alias", alias), () -> secondsSince(alias)))
            .toList(),
        true);
  }

  /** What serves an alias is what it means. */
  void checked(String alias) {
    checked.computeIfPresent(alias, (a, before) -> System.nanoTime());
  }

  private double secondsSince(String alias) {
    Long at = checked.get(alias);
    return at == null ? Double.NaN : (System.nanoTime() - at) / 1e9;
  }
}
