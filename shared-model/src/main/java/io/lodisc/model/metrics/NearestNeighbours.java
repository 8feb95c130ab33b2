package io.lodisc.model.metrics;

import java.util.Arrays;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Weighted k-nearest-neighbour classification (Wu et al. 2018, as DINO evaluates by it): each of
 * the k nearest of the bank votes for its class with exp(cosine / 0.07).
 */
public final class NearestNeighbours {

  private static final double TEMPERATURE = 0.07;

  private final Columns bank;
  private final int[] classes;
  private final int[] ks;

  private NearestNeighbours(float[][] bank, int[] classes, int[] ks) {
    this.bank = new Columns(bank);
    this.classes = classes;
    this.ks = ks;
  }

  /**
   * Classifies every query by the bank. Equal cosines go by the place in the bank, equal votes by
   * the class's number; a class without a vote is not predicted.
   *
   * @param bank L2-normalised vectors of known classes
   * @param bankClasses from 0, one a vector
   * @param queries L2-normalised vectors to classify
   * @param queryClasses what is right; a class that the bank lacks is never predicted
   * @param ks numbers of neighbours; more than the bank has means all of it
   * @return k to its accuracy
   * @throws IllegalArgumentException for a k below 1, no vectors, or vectors of different lengths
   */
  public static SortedMap<Integer, Accuracy> evaluate(
      float[][] bank,
      int[] bankClasses,
      float[][] queries,
      int[] queryClasses,
      Collection<Integer> ks) {
    if (bank.length == 0 || queries.length == 0) {
      throw new IllegalArgumentException("kNN needs a bank and queries");
    }
    if (bank.length != bankClasses.length || queries.length != queryClasses.length) {
      throw new IllegalArgumentException("every vector needs a class");
    }
    int[] sorted = ks.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
    if (sorted.length == 0 || sorted[0] < 1) {
      throw new IllegalArgumentException("k must be at least 1, not " + ks);
    }
    NearestNeighbours knn = new NearestNeighbours(bank, bankClasses, sorted);
    int[][] places =
        IntStream.range(0, queries.length)
            .parallel()
            .mapToObj(i -> knn.places(queries[i], queryClasses[i]))
            .toArray(int[][]::new);
    SortedMap<Integer, Accuracy> byK = new TreeMap<>();
    for (int c = 0; c < sorted.length; c++) {
      int column = c;
      byK.put(sorted[c], Accuracy.of(Arrays.stream(places).mapToInt(p -> p[column]).toArray()));
    }
    return byK;
  }

  /** The right class's place, from 0, among the predicted ones: one for each k. */
  private int[] places(float[] query, int right) {
    float[] cosines = bank.dot(query);
    int[] order = bestFirst(cosines);
    double[] votes = new double[Arrays.stream(classes).max().orElseThrow() + 1];
    int[] places = new int[ks.length];
    int counted = 0;
    for (int c = 0; c < ks.length; c++) {
      for (; counted < Math.min(ks[c], order.length); counted++) {
        int neighbour = order[counted];
        votes[classes[neighbour]] += Math.exp(cosines[neighbour] / TEMPERATURE);
      }
      places[c] = place(votes, right);
    }
    return places;
  }

  private static int place(double[] votes, int right) {
    if (right < 0 || right >= votes.length || votes[right] == 0) {
      return Integer.MAX_VALUE;
    }
    int ahead = 0;
    for (int c = 0; c < votes.length; c++) {
      if (votes[c] > votes[right] || votes[c] == votes[right] && c < right) {
        ahead++;
      }
    }
    return ahead;
  }

  /** Indices by falling score: sorts one long each, the score above and the index below. */
  private static int[] bestFirst(float[] scores) {
    long[] keys = new long[scores.length];
    for (int i = 0; i < keys.length; i++) {
      int bits = Float.floatToIntBits(-scores[i] + 0f);
      int ascending = bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE;
      keys[i] = Integer.toUnsignedLong(ascending) << 31 | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) (key & Integer.MAX_VALUE)).toArray();
  }
}
