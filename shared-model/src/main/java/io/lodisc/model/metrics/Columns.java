package io.lodisc.model.metrics;

import java.util.Arrays;

/**
 * Vectors laid out for scoring all of them: in tiles, the first values of a tile's vectors, then
 * their second values and so on. The inner loop then runs over vectors, which the compiler turns
 * into vector instructions, and equal vectors score exactly alike.
 */
final class Columns {

  private static final int TILE = 512;

  private final int count;
  private final int dimension;
  private final float[][] tiles;

  Columns(float[][] vectors) {
    this.count = vectors.length;
    this.dimension = count == 0 ? 0 : vectors[0].length;
    this.tiles = new float[(count + TILE - 1) / TILE][TILE * dimension];
    for (int i = 0; i < count; i++) {
      requireDimension(vectors[i]);
      for (int d = 0; d < dimension; d++) {
        tiles[i / TILE][d * TILE + i % TILE] = vectors[i][d];
      }
    }
  }

  /** The dot product with each vector; of L2-normalised ones, the cosine. */
  float[] dot(float[] query) {
    requireDimension(query);
    float[] scores = new float[count];
    float[] sums = new float[TILE];
    for (int t = 0; t < tiles.length; t++) {
      Arrays.fill(sums, 0);
      for (int d = 0; d < dimension; d++) {
        add(sums, query[d], tiles[t], d * TILE);
      }
      int from = t * TILE;
      System.arraycopy(sums, 0, scores, from, Math.min(TILE, count - from));
    }
    return scores;
  }

  private static void add(float[] sums, float factor, float[] tile, int from) {
    for (int j = 0; j < TILE; j++) {
      sums[j] += factor * tile[from + j];
    }
  }

  private void requireDimension(float[] vector) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "vectors of %d and %d values cannot be compared".formatted(dimension, vector.length));
    }
  }
}
