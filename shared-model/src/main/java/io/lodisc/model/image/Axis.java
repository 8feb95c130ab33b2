package io.lodisc.model.image;

/** The weights of one axis: which source pixels each output pixel is made of. */
record Axis(int[] starts, float[][] weights) {

  /**
   * @param pixels of the source along this axis
   * @param from where the box begins, source pixels
   * @param extent of the box, source pixels
   * @param out pixels to make
   */
  static Axis of(int pixels, double from, double extent, int out) {
    if (!(extent > 0) || !(from >= 0) || from + extent > pixels + 1e-6 || out < 1) {
      throw new IllegalArgumentException(
          "cannot scale %s from %s of %d pixels to %d".formatted(extent, from, pixels, out));
    }
    double scale = extent / out;
    double support = Math.max(scale, 1);
    int low = Math.min((int) from, pixels - 1);
    int high = Math.clamp((int) Math.ceil(from + extent - 1e-6), low + 1, pixels);
    int[] starts = new int[out];
    float[][] weights = new float[out][];
    for (int i = 0; i < out; i++) {
      double centre = from + (i + 0.5) * scale;
      starts[i] = Math.clamp((int) (centre - support + 0.5), low, high - 1);
      int end = Math.clamp((int) (centre + support + 0.5), starts[i] + 1, high);
      weights[i] = triangle(centre, support, starts[i], end);
    }
    return new Axis(starts, weights);
  }

  private static float[] triangle(double centre, double support, int start, int end) {
    double[] raw = new double[end - start];
    double sum = 0;
    for (int j = 0; j < raw.length; j++) {
      raw[j] = Math.max(0, 1 - Math.abs((start + j + 0.5 - centre) / support));
      sum += raw[j];
    }
    float[] weights = new float[raw.length];
    for (int j = 0; j < raw.length; j++) {
      weights[j] = (float) (sum > 0 ? raw[j] / sum : 1.0 / raw.length);
    }
    return weights;
  }

  int length() {
    return starts.length;
  }

  int start(int i) {
    return starts[i];
  }

  float[] weights(int i) {
    return weights[i];
  }

  /** The first source pixel that any output needs. */
  int first() {
    return starts[0];
  }

  /** One past the last source pixel that any output needs. */
  int last() {
    int end = 0;
    for (int i = 0; i < starts.length; i++) {
      end = Math.max(end, starts[i] + weights[i].length);
    }
    return end;
  }
}
