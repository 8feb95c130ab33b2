package io.lodisc.training.views;

/**
 * An extended box: equal weights up to {@code reach} pixels to both sides and a smaller one at the
 * next; in 24-bit fixed point.
 *
 * @param inner weight of a pixel within reach
 * @param outer weight of the two just beyond
 */
record BoxKernel(int reach, int inner, int outer) {

  /** Fraction bits of a weight. */
  static final int BITS = 24;

  static final int HALF = 1 << BITS - 1;

  private static final int PASSES = 3;

  /** The box that, applied three times, spreads like a Gaussian; in PIL's single precision. */
  static BoxKernel of(float sigma) {
    float variance = sigma * sigma / PASSES;
    float length = (float) Math.sqrt(12.0 * variance + 1.0);
    float whole = (float) Math.floor((length - 1.0) / 2.0);
    float rest = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance);
    rest /= 6 * (variance - (whole + 1) * (whole + 1));
    float radius = whole + rest;
    int reach = (int) radius;
    int inner = (int) ((1 << BITS) / (radius * 2 + 1));
    return new BoxKernel(reach, inner, ((1 << BITS) - (reach * 2 + 1) * inner) / 2);
  }
}
