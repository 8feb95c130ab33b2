package io.lodisc.model.method.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.stream.Collectors;

/** How the learning rate goes on after the warm-up: one class a schedule. */
public interface Schedule {

  /** Every schedule; a new one is a class and its line here. */
  List<Schedule> ALL = List.of(new Cosine(), new Constant());

  /**
   * The schedule of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Schedule named(String name) {
    return ALL.stream()
        .filter(schedule -> schedule.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "schedule must be one of "
                        + ALL.stream().map(Schedule::name).collect(Collectors.joining(", "))));
  }

  /** What is no text is no name either. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  private static Schedule of(Object json) {
    return named(json.toString());
  }

  @JsonValue
  String name();

  /**
   * The share of the peak.
   *
   * @param done of the steps after the warm-up, 0 to 1
   */
  double at(double done);

  /**
   * The learning rate of a step: a linear warm-up to the peak, then this schedule.
   *
   * @param step from 0
   * @param warmup steps
   * @param total steps
   */
  default double rate(double peak, long step, double warmup, long total) {
    return step < warmup ? peak * step / warmup : peak * at((step - warmup) / (total - warmup));
  }
}
