package io.lodisc.training.views;

/**
 * Which source pixels each output pixel of one axis is made of, and their weights in PIL's 22-bit
 * fixed point. Kept and computed anew for each picture.
 */
final class Taps {

  /** Fraction bits of a weight. */
  static final int BITS = 22;

  private int[] starts = {};
  private int[] weights = {};
  private int most;

  /** Prepares for scaling {@code in} pixels to {@code out} by a triangle of antialiasing width. */
  void prepare(int in, int out) {
    double scale = (double) in / out;
    double support = Math.max(scale, 1);
    most = 2 * (int) Math.ceil(support) + 1;
    if (starts.length < 2 * out) {
      starts = new int[2 * out];
    }
    if (weights.length < most * out) {
      weights = new int[most * out];
    }
    double[] raw = new double[most];
    for (int i = 0; i < out; i++) {
      double centre = (i + 0.5) * scale;
      int start = Math.max(0, (int) (centre - support + 0.5));
      int count = Math.min(in, (int) (centre + support + 0.5)) - start;
      double sum = 0;
      for (int k = 0; k < count; k++) {
        raw[k] = Math.max(0, 1 - Math.abs((start + k - centre + 0.5) / support));
        sum += raw[k];
      }
      for (int k = 0; k < count; k++) {
        weights[i * most + k] = (int) (raw[k] / sum * (1 << BITS) + 0.5);
      }
      starts[2 * i] = start;
      starts[2 * i + 1] = count;
    }
  }

  int start(int i) {
    return starts[2 * i];
  }

  int count(int i) {
    return starts[2 * i + 1];
  }

  /** Where the weights of an output pixel begin in {@link #weights}. */
  int offset(int i) {
    return i * most;
  }

  int[] weights() {
    return weights;
  }
}
