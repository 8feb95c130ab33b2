package io.lodisc.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SimilarityTest {

  private static final Offset<Double> CLOSE = within(1e-6);

  @Test
  void pairsMatchByPlace() {
    float[][] a = units(1, 20, 7);
    float[][] b = units(2, 20, 7);
    double positive = 0;
    double negative = 0;
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 20; j++) {
        if (i == j) {
          positive += cosine(a[i], b[j]) / 20;
        } else {
          negative += cosine(a[i], b[j]) / (20 * 19);
        }
      }
    }

    Similarity similarity = Similarity.ofPairs(a, b);

    assertThat(similarity.positive()).isCloseTo(positive, CLOSE);
    assertThat(similarity.negative()).isCloseTo(negative, CLOSE);
  }

  @Test
  void vectorsOfOneLabelMatch() {
    float[][] units = units(3, 30, 5);
    String[] labels = new String[30];
    for (int i = 0; i < 30; i++) {
      labels[i] = "c" + i % 7 * (i % 2);
    }
    double[] sums = new double[2];
    int[] counts = new int[2];
    for (int i = 0; i < 30; i++) {
      for (int j = 0; j < i; j++) {
        int same = labels[i].equals(labels[j]) ? 0 : 1;
        sums[same] += cosine(units[i], units[j]);
        counts[same]++;
      }
    }

    Similarity similarity = Similarity.ofClasses(units, labels);

    assertThat(similarity.positive()).isCloseTo(sums[0] / counts[0], CLOSE);
    assertThat(similarity.negative()).isCloseTo(sums[1] / counts[1], CLOSE);
  }

  @Test
  void whereNothingMatchesThereIsNoMean() {
    float[][] units = units(4, 3, 5);

    assertThat(Similarity.ofClasses(units, new String[] {"a", "b", "c"}).positive()).isNull();
    assertThat(Similarity.ofClasses(units, new String[] {"a", "a", "a"}).negative()).isNull();
    assertThat(Similarity.ofPairs(new float[][] {units[0]}, new float[][] {units[0]}).negative())
        .isNull();
    assertThat(Similarity.ofPairs(new float[0][], new float[0][]))
        .isEqualTo(new Similarity(null, null));
  }

  @Test
  void refusesBatchesThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Similarity.ofPairs(new float[2][3], new float[1][3]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Similarity.ofClasses(new float[2][3], new String[1]));
  }

  private static float[][] units(int seed, int count, int dimension) {
    return UnitVectors.of(NearestNeighboursTest.noise(new Random(seed), count, dimension));
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }
}
