package io.lodisc.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Hand-made vectors are points on the unit circle, given by their angle in degrees. */
class NearestNeighboursTest {

  @Test
  void theNearestDecidesAloneIfKIsOne() {
    SortedMap<Integer, Accuracy> byK =
        NearestNeighbours.evaluate(
            at(0, 50, 60), new int[] {0, 1, 1}, at(10, 20, 45), new int[] {0, 1, 1}, List.of(1));

    assertThat(byK.get(1).top1()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(byK.get(1).top5()).isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void votesWeighByTheExponentialOfTheCosine() {
    // exp(cos 0 / 0.07) = 1.60e6 against twice exp(cos 20 / 0.07) = 6.75e5, or cos 10: 1.29e6.
    assertThat(vote(at(0, 20, -20))).isEqualTo(0);
    assertThat(vote(at(0, 10, -10))).isEqualTo(1);
  }

  private static int vote(float[][] bank) {
    Accuracy asZero =
        NearestNeighbours.evaluate(bank, new int[] {0, 1, 1}, at(0), new int[] {0}, List.of(3))
            .get(3);
    assertThat(asZero.top5()).isEqualTo(1);
    return asZero.top1() == 1 ? 0 : 1;
  }

  @Test
  void moreNeighboursThanTheBankHasMeansAllOfIt() {
    SortedMap<Integer, Accuracy> byK =
        NearestNeighbours.evaluate(
            at(0, 10, -10), new int[] {0, 1, 1}, at(0), new int[] {1}, List.of(200, 3, 1));

    assertThat(byK.keySet()).containsExactly(1, 3, 200);
    assertThat(byK.get(1).top1()).isZero();
    assertThat(byK.get(200)).isEqualTo(byK.get(3)).isEqualTo(new Accuracy(1, 1));
  }

  @Test
  void aClassWithoutAVoteIsNotPredicted() {
    Accuracy accuracy =
        NearestNeighbours.evaluate(
                at(0, 90), new int[] {0, 1}, at(0, 0), new int[] {1, 7}, List.of(1))
            .get(1);

    assertThat(accuracy).isEqualTo(new Accuracy(0, 0));
  }

  @Test
  void equalNeighboursAndVotesGoByTheirPlace() {
    SortedMap<Integer, Accuracy> byK =
        NearestNeighbours.evaluate(
            at(30, 30), new int[] {1, 0}, at(0), new int[] {1}, List.of(1, 2));

    assertThat(byK.get(1).top1()).isOne();
    assertThat(byK.get(2).top1()).isZero();
  }

  @Test
  void agreesWithAnIndependentComputation() {
    Random random = new Random(4);
    int classes = 12;
    float[][] centres = UnitVectors.of(noise(random, classes, 6));
    int[] bankClasses = random.ints(130, 0, classes).toArray();
    int[] queryClasses = random.ints(90, 0, classes).toArray();
    float[][] bank = around(centres, bankClasses, random);
    float[][] queries = around(centres, queryClasses, random);

    SortedMap<Integer, Accuracy> byK =
        NearestNeighbours.evaluate(
            bank, bankClasses, queries, queryClasses, List.of(10, 20, 100, 200));

    for (int k : new int[] {10, 20, 100, 200}) {
      int first = 0;
      int five = 0;
      for (int q = 0; q < queries.length; q++) {
        List<Integer> predicted = predict(bank, bankClasses, queries[q], k);
        first += predicted.getFirst() == queryClasses[q] ? 1 : 0;
        int most = Math.min(5, predicted.size());
        five += predicted.subList(0, most).contains(queryClasses[q]) ? 1 : 0;
      }
      assertThat(byK.get(k).top1()).isCloseTo(first / 90.0, within(1e-12)).isBetween(0.2, 0.95);
      assertThat(byK.get(k).top5()).isCloseTo(five / 90.0, within(1e-12)).isLessThan(1);
    }
  }

  @Test
  void refusesWhatCannotBeMeasured() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                NearestNeighbours.evaluate(
                    new float[0][], new int[0], at(0), new int[1], List.of(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> NearestNeighbours.evaluate(at(0), new int[1], at(0), new int[1], List.of(0)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> NearestNeighbours.evaluate(at(0), new int[2], at(0), new int[1], List.of(1)));
  }

  /** Classes by falling vote. */
  private static List<Integer> predict(float[][] bank, int[] classes, float[] query, int k) {
    Map<Integer, Double> votes = new HashMap<>();
    IntStream.range(0, bank.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -cosine(bank[i], query)))
        .limit(k)
        .forEach(
            i -> votes.merge(classes[i], Math.exp(cosine(bank[i], query) / 0.07), Double::sum));
    return votes.entrySet().stream()
        .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }

  private static float[][] around(float[][] centres, int[] classes, Random random) {
    float[][] vectors = noise(random, classes.length, centres[0].length);
    for (int i = 0; i < vectors.length; i++) {
      for (int d = 0; d < vectors[i].length; d++) {
        vectors[i][d] = centres[classes[i]][d] + 0.5f * vectors[i][d];
      }
    }
    return UnitVectors.of(vectors);
  }

  static float[][] noise(Random random, int count, int dimension) {
    float[][] vectors = new float[count][dimension];
    for (float[] vector : vectors) {
      for (int d = 0; d < dimension; d++) {
        vector[d] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }

  private static float[][] at(double... degrees) {
    float[][] vectors = new float[degrees.length][];
    for (int i = 0; i < degrees.length; i++) {
      double radians = Math.toRadians(degrees[i]);
      vectors[i] = new float[] {(float) Math.cos(radians), (float) Math.sin(radians)};
    }
    return vectors;
  }
}
