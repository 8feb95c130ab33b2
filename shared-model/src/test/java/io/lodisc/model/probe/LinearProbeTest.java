package io.lodisc.model.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.lodisc.model.engine.Torch;
import io.lodisc.model.metrics.Accuracy;
import io.lodisc.model.random.Counter;
import io.lodisc.model.vit.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LinearProbeTest {

  private static final int DIMENSION = 6;
  private static final int CLASSES = 8;

  @BeforeAll
  static void start() {
    Torch.start();
  }

  @Test
  void agreesWithAnIndependentComputationInDoublePrecision() {
    int epochs = 5;
    int batch = 16;
    int[] labels = labels(45, 1);
    int[] testLabels = labels(60, 2);
    float[][] test = features(testLabels, 3);
    Plain plain = new Plain(9);
    try (LinearProbe probe = new LinearProbe(DIMENSION, CLASSES, epochs, batch, 9)) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        float[][] features = features(labels, 10 + epoch);
        probe.train(features, labels);
        plain.train(features, labels, Counter.shuffle(45, 9, epoch), batch, epoch, epochs);
      }

      float[] logits = probe.logits(test, 0, test.length);
      for (int i = 0; i < test.length; i++) {
        double[] expected = plain.logits(test[i]);
        for (int c = 0; c < CLASSES; c++) {
          assertThat((double) logits[i * CLASSES + c]).isCloseTo(expected[c], within(1e-4));
        }
      }
      Accuracy accuracy = probe.score(test, testLabels);
      assertThat(accuracy.top1()).isEqualTo(plain.share(test, testLabels, 1)).isBetween(0.2, 0.99);
      assertThat(accuracy.top5()).isEqualTo(plain.share(test, testLabels, 5)).isLessThan(1);
      assertThat(accuracy.top5()).isGreaterThan(accuracy.top1());
    }
  }

  @Test
  void learnsClassesThatAreApart() {
    int[] labels = labels(300, 1);
    float[][] features = new float[300][DIMENSION];
    for (int i = 0; i < 300; i++) {
      for (int d = 0; d < DIMENSION; d++) {
        features[i][d] =
            (float) Math.cos(labels[i] * (d / 2 + 1) * Math.PI / 4 - d % 2 * Math.PI / 2);
      }
    }
    try (LinearProbe probe = new LinearProbe(DIMENSION, CLASSES, 60, 1)) {
      assertThat(probe.score(features, labels).top1()).isLessThan(0.5);
      for (int epoch = 0; epoch < 60; epoch++) {
        probe.train(features, labels);
      }
      assertThat(probe.score(features, labels)).isEqualTo(new Accuracy(1, 1));
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherOthers() {
    float[] once = trained(1);

    assertThat(trained(1)).containsExactly(once);
    assertThat(trained(2)).isNotEqualTo(once);
  }

  @Test
  void everyEpochHasAnOrderOfItsOwn() {
    int[] first = Counter.shuffle(100, 7, 0);

    assertThat(Counter.shuffle(100, 7, 1)).isNotEqualTo(first).containsExactlyInAnyOrder(first);
    assertThat(Counter.shuffle(100, 8, 0)).isNotEqualTo(first);
    assertThat(Counter.shuffle(100, 7, 0)).containsExactly(first);
    Arrays.sort(first);
    assertThat(first).containsExactly(IntStream.range(0, 100).toArray());
  }

  @Test
  void scoresMorePicturesThanOneForwardTakes() {
    int[] labels = labels(9000, 4);
    float[][] features = features(labels, 5);
    try (LinearProbe probe = new LinearProbe(DIMENSION, CLASSES, 1, 1)) {
      Accuracy all = probe.score(features, labels);
      Accuracy first = probe.score(Arrays.copyOf(features, 4500), Arrays.copyOf(labels, 4500));
      Accuracy second =
          probe.score(
              Arrays.copyOfRange(features, 4500, 9000), Arrays.copyOfRange(labels, 4500, 9000));

      assertThat(all.top1()).isCloseTo((first.top1() + second.top1()) / 2, within(1e-9));
    }
  }

  @Test
  void hasNoMoreEpochsThanItsRateWasSetFor() {
    int[] labels = labels(10, 1);
    try (LinearProbe probe = new LinearProbe(DIMENSION, CLASSES, 1, 1)) {
      probe.train(features(labels, 1), labels);
      assertThatIllegalStateException()
          .isThrownBy(() -> probe.train(features(labels, 1), labels))
          .withMessageContaining("1 epochs");
    }
  }

  private static float[] trained(long seed) {
    int[] labels = labels(50, 1);
    float[][] features = features(labels, 2);
    try (LinearProbe probe = new LinearProbe(DIMENSION, CLASSES, 3, 16, seed)) {
      for (int epoch = 0; epoch < 3; epoch++) {
        probe.train(features, labels);
      }
      return probe.logits(features, 0, features.length);
    }
  }

  private static int[] labels(int count, int seed) {
    return new Random(seed).ints(count, 0, CLASSES).toArray();
  }

  /** A centre for each class and noise around it. */
  private static float[][] features(int[] labels, int seed) {
    Random centres = new Random(77);
    double[][] centre = new double[CLASSES][DIMENSION];
    for (double[] c : centre) {
      Arrays.setAll(c, d -> 1.5 * centres.nextGaussian());
    }
    Random noise = new Random(seed);
    float[][] features = new float[labels.length][DIMENSION];
    for (int i = 0; i < labels.length; i++) {
      for (int d = 0; d < DIMENSION; d++) {
        features[i][d] = (float) (centre[labels[i]][d] + 1.5 * noise.nextGaussian());
      }
    }
    return features;
  }

  /** Softmax regression by SGD, written out. */
  private static final class Plain {

    private final double[][] weight = new double[CLASSES][DIMENSION];
    private final double[] bias = new double[CLASSES];
    private final double[][] weightVelocity = new double[CLASSES][DIMENSION];
    private final double[] biasVelocity = new double[CLASSES];

    Plain(long seed) {
      float[] start = new Draw(seed).normal(CLASSES * DIMENSION, 0.01);
      for (int i = 0; i < start.length; i++) {
        weight[i / DIMENSION][i % DIMENSION] = start[i];
      }
    }

    void train(float[][] x, int[] labels, int[] order, int batch, int epoch, int epochs) {
      double rate = 0.5 * batch / 256.0 * 0.5 * (1 + Math.cos(Math.PI * epoch / epochs));
      for (int from = 0; from < order.length; from += batch) {
        int to = Math.min(order.length, from + batch);
        double[][] weightGradient = new double[CLASSES][DIMENSION];
        double[] biasGradient = new double[CLASSES];
        for (int i = from; i < to; i++) {
          double[] p = logits(x[order[i]]);
          double sum = Arrays.stream(p).map(Math::exp).sum();
          for (int c = 0; c < CLASSES; c++) {
            double error = Math.exp(p[c]) / sum - (labels[order[i]] == c ? 1 : 0);
            biasGradient[c] += error / (to - from);
            for (int d = 0; d < DIMENSION; d++) {
              weightGradient[c][d] += error * x[order[i]][d] / (to - from);
            }
          }
        }
        for (int c = 0; c < CLASSES; c++) {
          biasVelocity[c] = 0.9 * biasVelocity[c] + biasGradient[c];
          bias[c] -= rate * biasVelocity[c];
          for (int d = 0; d < DIMENSION; d++) {
            weightVelocity[c][d] = 0.9 * weightVelocity[c][d] + weightGradient[c][d];
            weight[c][d] -= rate * weightVelocity[c][d];
          }
        }
      }
    }

    double[] logits(float[] x) {
      double[] logits = bias.clone();
      for (int c = 0; c < CLASSES; c++) {
        for (int d = 0; d < DIMENSION; d++) {
          logits[c] += weight[c][d] * x[d];
        }
      }
      return logits;
    }

    double share(float[][] x, int[] labels, int first) {
      int right = 0;
      for (int i = 0; i < x.length; i++) {
        double[] logits = logits(x[i]);
        List<Integer> classes = new ArrayList<>(IntStream.range(0, CLASSES).boxed().toList());
        classes.sort(Comparator.comparingDouble(c -> -logits[c]));
        right += classes.subList(0, first).contains(labels[i]) ? 1 : 0;
      }
      return (double) right / x.length;
    }
  }
}
