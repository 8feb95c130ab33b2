package io.lodisc.training.pretrain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Times steps, and nothing of what lies between them, such as evaluations and checkpoints. */
final class StepTimer {

  private static final int STEPS = 50;

  private final LongSupplier clock;
  private final Deque<Long> last = new ArrayDeque<>();
  private long lastTogether;
  private long began;

  /**
   * @param clock nanoseconds
   */
  StepTimer(LongSupplier clock) {
    this.clock = clock;
  }

  void begin() {
    began = clock.getAsLong();
  }

  /** Ends a step and says how many seconds it took. */
  double end() {
    long nanos = clock.getAsLong() - began;
    last.addLast(nanos);
    lastTogether += nanos;
    if (last.size() > STEPS) {
      lastTogether -= last.removeFirst();
    }
    return nanos / 1e9;
  }

  /** The pace of the last steps; 0 before the first. */
  double stepsPerSecond() {
    return lastTogether == 0 ? 0 : last.size() * 1e9 / lastTogether;
  }
}
