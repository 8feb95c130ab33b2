package io.lodisc.model.metrics;

import java.util.HashMap;
import java.util.Map;

/**
 * Mean cosine of pairs that belong together and of pairs that do not.
 *
 * @param positive of matching pairs; null if there is none
 * @param negative of the others; null if there is none
 */
public record Similarity(Double positive, Double negative) {

  /**
   * Of two batches, such as two views of the same pictures: a[i] and b[i] match, a[i] and b[j] do
   * not.
   *
   * @param a L2-normalised
   * @param b L2-normalised, as many
   */
  public static Similarity ofPairs(float[][] a, float[][] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "%d vectors cannot be paired with %d".formatted(a.length, b.length));
    }
    double matching = 0;
    for (int i = 0; i < a.length; i++) {
      matching += Dot.of(a[i], b[i]);
    }
    long n = a.length;
    double all = n == 0 ? 0 : new Total(a).dot(new Total(b));
    return new Similarity(mean(matching, n), mean(all - matching, n * (n - 1)));
  }

  /**
   * Of one batch: two vectors of the same label match.
   *
   * @param units L2-normalised
   * @param labels one a vector, not null
   */
  public static Similarity ofClasses(float[][] units, String[] labels) {
    if (units.length != labels.length) {
      throw new IllegalArgumentException(
          "%d vectors need as many labels, not %d".formatted(units.length, labels.length));
    }
    Map<String, Total> classes = new HashMap<>();
    Total all = new Total(units);
    for (int i = 0; i < units.length; i++) {
      classes.computeIfAbsent(labels[i], label -> new Total()).add(units[i]);
    }
    double matching = classes.values().stream().mapToDouble(Total::pairs).sum();
    long count = classes.values().stream().mapToLong(Total::pairCount).sum();
    return new Similarity(
        mean(matching, count), mean(all.pairs() - matching, all.pairCount() - count));
  }

  private static Double mean(double sum, long count) {
    return count == 0 ? null : sum / count;
  }

  /** The sum of some vectors, by which all their pairs are summed at once. */
  private static final class Total {

    private double[] sum;
    private double squares;
    private long count;

    Total(float[]... vectors) {
      for (float[] vector : vectors) {
        add(vector);
      }
    }

    void add(float[] vector) {
      if (sum == null) {
        sum = new double[vector.length];
      }
      for (int d = 0; d < sum.length; d++) {
        sum[d] += vector[d];
      }
      squares += Dot.of(vector, vector);
      count++;
    }

    double dot(Total other) {
      double dot = 0;
      for (int d = 0; d < sum.length; d++) {
        dot += sum[d] * other.sum[d];
      }
      return dot;
    }

    /** Over ordered pairs of different vectors. */
    double pairs() {
      return count == 0 ? 0 : dot(this) - squares;
    }

    long pairCount() {
      return count * (count - 1);
    }
  }
}
