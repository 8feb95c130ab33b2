package io.lodisc.training.evaluation;

import io.lodisc.model.metrics.AttentionEntropy;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an evaluation found. Shares are fractions of 1.
 *
 * @param split whose pictures were measured: {@code test}, or {@code train} if there is none
 * @param pictures measured
 * @param trainPictures that classifiers learned from; 0 if none did
 * @param unreadable pictures left out of both, as they could not be read
 * @param classToken of the class token, which is what a user is served
 * @param predicted of the predictor's output, which is what the paper's authors measure; null if
 *     there is no predictor
 * @param attention of the class token in the last layer; null if it was not given
 * @param notes why something is missing, and what was left out
 */
public record Evaluation(
    String split,
    int pictures,
    int trainPictures,
    int unreadable,
    Measures classToken,
    Measures predicted,
    AttentionEntropy attention,
    List<String> notes) {

  /** The numbers of which more is better, such as {@code classToken.mAP}. */
  public SortedMap<String, Double> scores() {
    SortedMap<String, Double> scores = new TreeMap<>();
    classToken.scores().forEach((name, value) -> scores.put("classToken." + name, value));
    if (predicted != null) {
      predicted.scores().forEach((name, value) -> scores.put("predicted." + name, value));
    }
    return scores;
  }

  /** Every number there is, the {@link #scores} and the others, such as {@code attention.nats}. */
  public SortedMap<String, Double> measured() {
    SortedMap<String, Double> measured = new TreeMap<>();
    classToken.measured().forEach((name, value) -> measured.put("classToken." + name, value));
    if (predicted != null) {
      predicted.measured().forEach((name, value) -> measured.put("predicted." + name, value));
    }
    if (attention != null) {
      measured.put("attention.nats", attention.nats());
      measured.put("attention.share", attention.share());
    }
    measured.values().removeIf(value -> !Double.isFinite(value));
    return measured;
  }

  /** Whether features of either kind have collapsed. */
  public boolean collapsed() {
    return isCollapsed(classToken) || predicted != null && isCollapsed(predicted);
  }

  private static boolean isCollapsed(Measures measures) {
    return measures.collapse() != null && measures.collapse().collapsed();
  }
}
