package io.lodisc.retrieval.vector;

/** Arithmetic on embeddings. */
public final class Vectors {

  private Vectors() {}

  /**
   * The vector scaled to length 1.
   *
   * @throws IllegalArgumentException if it has no direction: zero, NaN or infinite
   */
  public static float[] unit(float[] vector) {
    double squares = 0;
    for (float v : vector) {
      squares += (double) v * v;
    }
    if (!(squares > 0) || squares == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("the vector has no direction");
    }
    double length = Math.sqrt(squares);
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  /** The dot product of a vector with the row of a matrix that begins at an offset. */
  public static float dot(float[] vector, float[] rows, int offset) {
    // Four sums, as the compiler keeps the order of float additions and one sum would be a chain.
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 3 < vector.length; i += 4) {
      a += vector[i] * rows[offset + i];
      b += vector[i + 1] * rows[offset + i + 1];
      c += vector[i + 2] * rows[offset + i + 2];
      d += vector[i + 3] * rows[offset + i + 3];
    }
    for (; i < vector.length; i++) {
      a += vector[i] * rows[offset + i];
    }
    return (a + b) + (c + d);
  }
}
