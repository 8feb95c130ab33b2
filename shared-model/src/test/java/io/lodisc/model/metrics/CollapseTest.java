package io.lodisc.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CollapseTest {

  private final Random random = new Random(8);

  @Test
  void randomFeaturesHaveNotCollapsed() {
    Collapse collapse = judge(UnitVectors.of(NearestNeighboursTest.noise(random, 300, 64)));

    assertThat(collapse.collapsed()).isFalse();
    assertThat(collapse.reasons()).isEmpty();
  }

  @Test
  void constantFeaturesHaveCollapsedForEveryReason() {
    Collapse collapse = judge(around(0.001f, 300));

    assertThat(collapse.collapsed()).isTrue();
    assertThat(collapse.reasons())
        .hasSize(3)
        .anyMatch(reason -> reason.startsWith("The features hardly differ"))
        .anyMatch(reason -> reason.startsWith("The features lie in few directions"))
        .anyMatch(reason -> reason.startsWith("Different pictures look the same"));
  }

  @Test
  void featuresThatAllShareMuchHaveNotCollapsed() {
    assertThat(judge(around(0.6f, 300)).collapsed()).isFalse();
  }

  @Test
  void featuresOnOneLineHaveCollapsedThoughTheirSpreadIsEven() {
    float[][] line = NearestNeighboursTest.noise(random, 1, 64);
    float[][] features = new float[300][64];
    for (int i = 0; i < features.length; i++) {
      for (int d = 0; d < 64; d++) {
        features[i][d] = (i % 2 == 0 ? 1 : -1) * line[0][d];
      }
    }

    Collapse collapse = judge(UnitVectors.of(features));

    assertThat(collapse.reasons())
        .singleElement()
        .asString()
        .isEqualTo(
            "The features lie in few directions: their effective rank is 1.00 of 64 possible,"
                + " below 2.00.");
  }

  @Test
  void everyThresholdHoldsOnBothSides() {
    double even = 1 / Math.sqrt(400);
    assertThat(reasons(0.101 * even, 10, 0.5)).isZero();
    assertThat(reasons(0.099 * even, 10, 0.5)).isOne();
    assertThat(reasons(even, 4.01, 0.5)).isZero();
    assertThat(reasons(even, 3.99, 0.5)).isOne();
    assertThat(reasons(even, 10, 0.989)).isZero();
    assertThat(reasons(even, 10, 0.991)).isOne();
    assertThat(reasons(even, 10, null)).isZero();
  }

  @Test
  void aFewFeaturesTellNothing() {
    Spread few = new Spread(0, 1, 7, 400);

    assertThatIllegalArgumentException().isThrownBy(() -> Collapse.judge(few, null));
  }

  private static int reasons(double deviation, double rank, Double negative) {
    return Collapse.judge(new Spread(deviation, rank, 1000, 400), negative).reasons().size();
  }

  private static Collapse judge(float[][] units) {
    return Collapse.judge(Spread.of(units), Similarity.ofPairs(units, units).negative());
  }

  /** One direction and noise of so much beside it. */
  private float[][] around(float share, int count) {
    float[][] features = NearestNeighboursTest.noise(random, count, 64);
    for (float[] feature : features) {
      for (int d = 0; d < 64; d++) {
        feature[d] = 1 + share * feature[d];
      }
    }
    return UnitVectors.of(features);
  }
}
