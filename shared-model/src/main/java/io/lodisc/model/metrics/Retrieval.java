package io.lodisc.model.metrics;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rank-k and mAP of a retrieval over labelled vectors. */
public final class Retrieval {

  /**
   * A labelled vector. Label and group may be null.
   *
   * @param vector L2-normalised
   */
  public record Item(String id, String label, String group, float[] vector) {}

  /**
   * What was measured; shares are fractions of 1, and 0 where no query could be ranked.
   *
   * @param rankK k to the share of queries that have their class among the first k
   * @param meanAveragePrecision mean over the queries of (1/R) sum i / rank_i
   * @param queries how many were ranked
   * @param gallery items that could be found
   * @param queriesWithoutRelevant left out, as nothing in their gallery has their class
   */
  public record Result(
      SortedMap<Integer, Double> rankK,
      double meanAveragePrecision,
      int queries,
      int gallery,
      int queriesWithoutRelevant) {}

  private Retrieval() {}

  /**
   * Ranks the gallery for every query by cosine, best first, ties by id. The item with the query's
   * own id is left out, and with acrossGroups everything of the query's group. Items without a
   * label are no queries, and as gallery items relevant to none.
   *
   * @throws IllegalArgumentException for a k below 1, gallery ids that are not unique, or vectors
   *     of different lengths
   */
  public static Result evaluate(
      List<Item> queries, List<Item> gallery, Collection<Integer> ks, boolean acrossGroups) {
    if (ks.stream().anyMatch(k -> k < 1)) {
      throw new IllegalArgumentException("k must be at least 1, not " + ks);
    }
    Gallery ranked = new Gallery(gallery, acrossGroups);
    List<Item> labelled = queries.stream().filter(q -> q.label() != null).toList();
    List<int[]> ranks =
        labelled.parallelStream().map(ranked::ranks).filter(r -> r.length > 0).toList();
    SortedMap<Integer, Double> rankK = new TreeMap<>();
    for (int k : ks) {
      rankK.put(k, mean(ranks.stream().mapToDouble(r -> r[0] <= k ? 1 : 0).toArray()));
    }
    return new Result(
        rankK,
        mean(ranks.stream().mapToDouble(Retrieval::averagePrecision).toArray()),
        ranks.size(),
        gallery.size(),
        labelled.size() - ranks.size());
  }

  /** (1/R) sum i / rank_i, over the full ranking. */
  private static double averagePrecision(int[] ranks) {
    double sum = 0;
    for (int i = 0; i < ranks.length; i++) {
      sum += (i + 1.0) / ranks[i];
    }
    return sum / ranks.length;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }
}
