package io.lodisc.model.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether features have collapsed: all pictures get nearly the same feature, or all features lie in
 * few directions.
 *
 * @param reasons in words, empty if nothing has
 */
public record Collapse(boolean collapsed, List<String> reasons) {

  /** Fewer vectors say nothing. */
  public static final int MIN_VECTORS = 8;

  /** The least standard deviation, as a share of the even spread's 1/sqrt(D). */
  public static final double MIN_EVENNESS = 0.1;

  /** The least effective rank. */
  public static final double MIN_RANK = 2;

  /** The least effective rank, as a share of the most there can be, min(n, D). */
  public static final double MIN_RANK_SHARE = 0.01;

  /** The most that pictures which do not belong together may be alike, as a cosine. */
  public static final double MAX_NEGATIVE_SIMILARITY = 0.99;

  /**
   * Judges.
   *
   * @param spread of at least {@link #MIN_VECTORS} features
   * @param negativeSimilarity mean cosine of features of different pictures; null if not measured
   */
  public static Collapse judge(Spread spread, Double negativeSimilarity) {
    if (spread.vectors() < MIN_VECTORS) {
      throw new IllegalArgumentException(
          "%d features do not tell a collapse, %d do".formatted(spread.vectors(), MIN_VECTORS));
    }
    List<String> reasons = new ArrayList<>();
    if (spread.evenness() < MIN_EVENNESS) {
      reasons.add(
          words(
              "The features hardly differ: their standard deviation is %.3f of an even spread's,"
                  + " below %.2f.",
              spread.evenness(), MIN_EVENNESS));
    }
    int most = Math.min(spread.vectors(), spread.dimension());
    double least = Math.max(MIN_RANK, MIN_RANK_SHARE * most);
    if (spread.effectiveRank() < least) {
      reasons.add(
          words(
              "The features lie in few directions: their effective rank is %.2f of %d possible,"
                  + " below %.2f.",
              spread.effectiveRank(), most, least));
    }
    if (negativeSimilarity != null && negativeSimilarity > MAX_NEGATIVE_SIMILARITY) {
      reasons.add(
          words(
              "Different pictures look the same: their mean cosine is %.4f, above %.2f.",
              negativeSimilarity, MAX_NEGATIVE_SIMILARITY));
    }
    return new Collapse(!reasons.isEmpty(), List.copyOf(reasons));
  }

  private static String words(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
