package io.lodisc.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadTest {

  @ParameterizedTest
  @CsvSource({
    "50, 12, 0.37, 0.264848437333, 9.295089698",
    "9, 30, 1.1, 0.151886857883, 8.810076854",
    "300, 40, 0.01, 0.143782902493, 38.096755069"
  })
  void agreesWithNumpy(int n, int d, double frequency, double deviation, double rank) {
    Spread spread = Spread.of(features(n, d, frequency));

    assertThat(spread.deviation()).isCloseTo(deviation, within(1e-7));
    assertThat(spread.effectiveRank()).isCloseTo(rank, within(1e-4));
    assertThat(spread.vectors()).isEqualTo(n);
    assertThat(spread.dimension()).isEqualTo(d);
  }

  @Test
  void theEffectiveRankIsTheExponentialOfTheEntropyOfTheSingularValues() {
    // Nine times the first axis, once the second: singular values 3 and 1.
    float[][] units = new float[10][];
    for (int i = 0; i < 10; i++) {
      units[i] = i == 4 ? new float[] {0, 1, 0} : new float[] {1, 0, 0};
    }

    Spread spread = Spread.of(units);

    double entropy = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
    assertThat(spread.effectiveRank()).isCloseTo(Math.exp(entropy), within(1e-6));
    // Two dimensions of a 1-in-10 choice, one constant.
    assertThat(spread.deviation()).isCloseTo((0.3 + 0.3 + 0) / 3, within(1e-9));
    assertThat(spread.evenness()).isCloseTo(0.2 * Math.sqrt(3), within(1e-9));
  }

  @Test
  void constantFeaturesHaveNoSpread() {
    float[][] units = new float[20][];
    Arrays.fill(units, UnitVectors.of(new float[][] {{1, -2, 3, 0.5f}})[0]);

    Spread spread = Spread.of(units);

    assertThat(spread.deviation()).isCloseTo(0, within(1e-9));
    assertThat(spread.effectiveRank()).isCloseTo(1, within(1e-5));
  }

  @Test
  void evenFeaturesFillTheSphere() {
    float[][] units = UnitVectors.of(NearestNeighboursTest.noise(new Random(1), 4000, 32));

    Spread spread = Spread.of(units);

    assertThat(spread.evenness()).isCloseTo(1, within(0.01));
    assertThat(spread.effectiveRank()).isBetween(31.8, 32.0);
  }

  @Test
  void eigenvaluesOfKnownMatrices() {
    assertThat(SymmetricEigenvalues.of(new double[][] {{7}}))
        .containsExactly(new double[] {7}, within(1e-12));
    assertThat(SymmetricEigenvalues.of(new double[][] {{2, 1}, {1, 2}}))
        .containsExactly(new double[] {1, 3}, within(1e-12));
    assertThat(SymmetricEigenvalues.of(new double[3][3])).containsExactly(0, 0, 0);
    // The second difference with fixed ends: 2 - 2 cos(k pi / (n + 1)).
    double[][] difference = new double[40][40];
    double[] expected = new double[40];
    for (int i = 0; i < 40; i++) {
      difference[i][i] = 2;
      if (i > 0) {
        difference[i][i - 1] = -1;
        difference[i - 1][i] = -1;
      }
      expected[i] = 2 - 2 * Math.cos((i + 1) * Math.PI / 41);
    }
    assertThat(SymmetricEigenvalues.of(difference)).containsExactly(expected, within(1e-12));
  }

  @Test
  void refusesNoFeatures() {
    assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(new float[0][]));
  }

  /** As resources/metrics/spread.py makes them. */
  private static float[][] features(int n, int d, double frequency) {
    float[][] x = new float[n][d];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        x[i][j] = (float) (Math.sin(frequency * (i + 1) * (j + 2)) + 0.3);
      }
    }
    return UnitVectors.of(x);
  }
}
