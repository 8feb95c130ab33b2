package io.lodisc.model.method;

import io.lodisc.model.random.Counter;
import java.util.List;
import java.util.random.RandomGenerator;

/** The random numbers of one step, in the order in which the step asks for them. */
final class Randomness {

  private final long seed;
  private final long step;
  private long asked;

  Randomness(long seed, long step) {
    this.seed = seed;
    this.step = step;
  }

  RandomGenerator next() {
    return Counter.at(seed, step, asked++);
  }

  /** One for each view. */
  List<RandomGenerator> ofBothViews() {
    return List.of(next(), next());
  }
}
