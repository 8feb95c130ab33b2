package io.lodisc.model.metrics;

/** Vectors of length 1, between which a dot product is a cosine. */
public final class UnitVectors {

  private static final double EPSILON = 1e-12;

  private UnitVectors() {}

  /** Copies, each divided by its L2 norm; of a zero vector, zeros. */
  public static float[][] of(float[][] vectors) {
    float[][] units = new float[vectors.length][];
    for (int i = 0; i < vectors.length; i++) {
      units[i] = unit(vectors[i]);
    }
    return units;
  }

  private static float[] unit(float[] vector) {
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    double norm = Math.max(Math.sqrt(square), EPSILON);
    float[] unit = new float[vector.length];
    for (int d = 0; d < unit.length; d++) {
      unit[d] = (float) (vector[d] / norm);
    }
    return unit;
  }
}
