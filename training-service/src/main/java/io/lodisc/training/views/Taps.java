package io.lodisc.training.views;

/**
 * Which source pixels each output pixel of one axis is made of, and their weights in PIL's 22-bit
 * fixed point. All have the same count, some of weight 0, so that tap k of all output pixels can be
 * taken at once. Kept and computed anew for each picture.
 */
final class Taps {

  /** Fraction bits of a weight. */
  static final int BITS = 22;

  private int[] starts = {};
  private int[][] weights = {};
  private int count;

  /** Prepares for scaling {@code in} pixels to {@code out} by a triangle of antialiasing width. */
  void prepare(int in, int out) {
    double scale = (double) in / out;
    double support = Math.max(scale, 1);
    count = Math.min(in, (int) Math.ceil(2 * support) + 1);
    if (starts.length != out || weights.length < count) {
      starts = new int[out];
      weights = new int[count][out];
    }
    double[] triangle = new double[count];
    for (int i = 0; i < out; i++) {
      double centre = (i + 0.5) * scale;
      int first = Math.max(0, (int) (centre - support + 0.5));
      int end = Math.min(in, (int) (centre + support + 0.5));
      int start = Math.min(first, in - count);
      double sum = 0;
      for (int k = 0; k < count; k++) {
        boolean within = start + k >= first && start + k < end;
        double distance = Math.abs((start + k - centre + 0.5) / support);
        triangle[k] = within ? Math.max(0, 1 - distance) : 0;
        sum += triangle[k];
      }
      starts[i] = start;
      for (int k = 0; k < count; k++) {
        weights[k][i] = (int) (triangle[k] / sum * (1 << BITS) + 0.5);
      }
    }
  }

  /** Of each output pixel. */
  int count() {
    return count;
  }

  /** The first source pixel of each output pixel. */
  int[] starts() {
    return starts;
  }

  /** The weight that each output pixel gives to its source pixel number k. */
  int[] weights(int k) {
    return weights[k];
  }
}
