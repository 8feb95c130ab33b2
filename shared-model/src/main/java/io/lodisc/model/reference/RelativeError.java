package io.lodisc.model.reference;

/** How far one vector is from another. */
final class RelativeError {

  private RelativeError() {}

  /** ||computed - expected|| / ||expected||; where nothing is expected, ||computed||. */
  static double l2(float[] computed, float[] expected) {
    if (computed.length != expected.length) {
      return Double.POSITIVE_INFINITY;
    }
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      double d = (double) computed[i] - expected[i];
      difference += d * d;
      norm += (double) expected[i] * expected[i];
    }
    return Math.sqrt(norm == 0 ? difference : difference / norm);
  }
}
