package io.lodisc.model.metrics;

/**
 * How widely the class token looks: the entropy of its attention over the patches, mean over
 * pictures and heads.
 *
 * @param nats 0 if each head looks at one patch, ln N if all patches weigh the same
 * @param share nats / ln N
 */
public record AttentionEntropy(double nats, double share) {

  /**
   * Measures.
   *
   * @param rows the class token's attention, pictures x heads x (1 + N) in one array; what goes to
   *     the class token itself, the first of each row, is left out and the rest sums to 1 again
   * @param patches N
   */
  public static AttentionEntropy of(float[] rows, int patches) {
    int tokens = patches + 1;
    if (patches < 1 || rows.length == 0 || rows.length % tokens != 0) {
      throw new IllegalArgumentException(
          "%d values are no rows of attention over %d patches".formatted(rows.length, patches));
    }
    double sum = 0;
    for (int from = 0; from < rows.length; from += tokens) {
      sum += entropy(rows, from + 1, from + tokens);
    }
    double nats = sum / (rows.length / tokens);
    return new AttentionEntropy(nats, patches == 1 ? 1 : nats / Math.log(patches));
  }

  private static double entropy(float[] rows, int from, int to) {
    double total = 0;
    for (int j = from; j < to; j++) {
      total += rows[j];
    }
    double entropy = 0;
    for (int j = from; j < to; j++) {
      if (rows[j] > 0) {
        double p = rows[j] / total;
        entropy -= p * Math.log(p);
      }
    }
    return entropy;
  }
}
