package io.lodisc.training.views;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Counter-based randomness: what is drawn depends on where it is used (seed, epoch, picture, view)
 * and on nothing that happened before.
 */
public final class Counter {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Counter() {}

  public static RandomGenerator at(long seed, long... place) {
    long state = mix(seed + GOLDEN);
    for (long part : place) {
      state = mix(state ^ (part + GOLDEN));
    }
    return new SplittableRandom(state);
  }

  /** The order of an epoch: a permutation of 0 to count - 1 (Fisher-Yates). */
  public static int[] shuffle(int count, long seed, long epoch) {
    RandomGenerator random = at(seed, epoch);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** MurmurHash3's finalizer, variant 13 of Stafford's. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
