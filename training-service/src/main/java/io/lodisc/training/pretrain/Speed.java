package io.lodisc.training.pretrain;

import java.util.ArrayDeque;
import java.util.Deque;

/** The pace of the last steps. */
final class Speed {

  private static final int STEPS = 50;

  private final Deque<Long> times = new ArrayDeque<>();

  /** Notes that a step ended. */
  void tick(long nanos) {
    times.addLast(nanos);
    if (times.size() > STEPS + 1) {
      times.removeFirst();
    }
  }

  /** 0 before two ticks. */
  double stepsPerSecond() {
    if (times.size() < 2) {
      return 0;
    }
    return (times.size() - 1) * 1e9 / (times.getLast() - times.getFirst());
  }
}
