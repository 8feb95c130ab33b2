package io.lodisc.training.evaluation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The measures in their plainest form, to compare with. */
final class ByHand {

  private ByHand() {}

  /** Ranks of the pictures of the query's class among all others, by a full sort. */
  static List<Integer> ranks(float[][] features, int query, List<Labelled> pictures) {
    List<Integer> ranking =
        IntStream.range(0, features.length)
            .filter(i -> i != query)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -cosine(features[i], features[query])))
            .toList();
    return IntStream.range(0, ranking.size())
        .filter(r -> pictures.get(ranking.get(r)).label().equals(pictures.get(query).label()))
        .map(r -> r + 1)
        .boxed()
        .toList();
  }

  /** The labels of the k nearest, by the sum of their exp(cosine / 0.07). */
  static List<String> predict(float[][] bank, float[] query, int k, List<Labelled> pictures) {
    Map<String, Double> votes = new HashMap<>();
    IntStream.range(0, bank.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -cosine(bank[i], query)))
        .limit(k)
        .forEach(
            i ->
                votes.merge(
                    pictures.get(i).label(), Math.exp(cosine(bank[i], query) / 0.07), Double::sum));
    return votes.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The mean of the standard deviations of each dimension of unit vectors. */
  static double deviation(float[][] features) {
    double sum = 0;
    for (int d = 0; d < features[0].length; d++) {
      double mean = 0;
      double square = 0;
      for (float[] feature : features) {
        double value = feature[d] / Math.sqrt(dot(feature, feature));
        mean += value / features.length;
        square += value * value / features.length;
      }
      sum += Math.sqrt(square - mean * mean);
    }
    return sum / features[0].length;
  }

  static double cosine(float[] a, float[] b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }
}
