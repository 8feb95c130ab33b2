package io.lodisc.model.vit;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Start values of weights from one seed, the same on every machine. */
public final class Draw {

  private final RandomGenerator random;

  public Draw(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Values within +-bound. */
  public float[] uniform(int count, double bound) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    return values;
  }

  /** Values of mean 0. */
  public float[] normal(int count, double deviation) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return values;
  }

  static float[] ones(int count) {
    float[] values = new float[count];
    Arrays.fill(values, 1);
    return values;
  }
}
