package io.lodisc.training.evaluation;

import io.lodisc.model.metrics.Accuracy;
import io.lodisc.model.metrics.Collapse;
import io.lodisc.model.metrics.Retrieval;
import io.lodisc.model.metrics.Similarity;
import io.lodisc.model.metrics.Spread;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was measured of one kind of feature; null is what could not be, and the evaluation's notes
 * say why.
 *
 * @param retrieval within the test split
 * @param knn number of neighbours to accuracy
 * @param probe accuracy of the linear probe
 * @param spread of the features
 * @param views similarity of two views of one picture, and of views of different pictures
 * @param classes similarity of pictures of one class, and of different classes
 * @param collapse whether the features say so
 */
public record Measures(
    Retrieval.Result retrieval,
    SortedMap<Integer, Accuracy> knn,
    Accuracy probe,
    Spread spread,
    Similarity views,
    Similarity classes,
    Collapse collapse) {

  /** The numbers of which more is better, such as {@code rank1}, {@code knn20.top1}. */
  Map<String, Double> scores() {
    Map<String, Double> scores = new TreeMap<>();
    if (retrieval != null) {
      retrieval.rankK().forEach((k, share) -> scores.put("rank" + k, share));
      scores.put("mAP", retrieval.meanAveragePrecision());
    }
    if (knn != null) {
      knn.forEach((k, accuracy) -> put(scores, "knn" + k, accuracy));
    }
    if (probe != null) {
      put(scores, "probe", probe);
    }
    return scores;
  }

  /**
   * Every number there is, the {@link #scores} and the others, such as {@code spread.deviation}.
   */
  Map<String, Double> measured() {
    Map<String, Double> measured = scores();
    if (spread != null) {
      measured.put("spread.deviation", spread.deviation());
      measured.put("spread.effectiveRank", spread.effectiveRank());
    }
    put(measured, "views", views);
    put(measured, "classes", classes);
    return measured;
  }

  private static void put(Map<String, Double> measured, String name, Similarity similarity) {
    if (similarity != null && similarity.positive() != null) {
      measured.put(name + ".positive", similarity.positive());
    }
    if (similarity != null && similarity.negative() != null) {
      measured.put(name + ".negative", similarity.negative());
    }
  }

  private static void put(Map<String, Double> scores, String name, Accuracy accuracy) {
    scores.put(name + ".top1", accuracy.top1());
    scores.put(name + ".top5", accuracy.top5());
  }
}
