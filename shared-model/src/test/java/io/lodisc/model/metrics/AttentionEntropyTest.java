package io.lodisc.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AttentionEntropyTest {

  private static final Offset<Double> CLOSE = within(1e-6);

  @Test
  void isLnNIfAllPatchesWeighTheSameWhateverTheClassTokenTakes() {
    AttentionEntropy even = AttentionEntropy.of(new float[] {0.6f, .1f, .1f, .1f, .1f}, 4);

    assertThat(even.nats()).isCloseTo(Math.log(4), CLOSE);
    assertThat(even.share()).isCloseTo(1, CLOSE);
  }

  @Test
  void isZeroIfOnePatchTakesAll() {
    AttentionEntropy one = AttentionEntropy.of(new float[] {0.5f, 0, 0.5f, 0}, 3);

    assertThat(one.nats()).isZero();
    assertThat(one.share()).isZero();
  }

  @Test
  void isTheMeanOverHeadsAndPictures() {
    // Over three patches: 1/2 1/4 1/4 (1.5 ln 2), all alike (ln 3), one alone (0).
    float[] rows = {0, .5f, .25f, .25f, .4f, .2f, .2f, .2f, 0, 0, 0, 1};

    AttentionEntropy entropy = AttentionEntropy.of(rows, 3);

    double expected = (1.5 * Math.log(2) + Math.log(3)) / 3;
    assertThat(entropy.nats()).isCloseTo(expected, CLOSE);
    assertThat(entropy.share()).isCloseTo(expected / Math.log(3), CLOSE);
  }

  @Test
  void refusesWhatIsNoRow() {
    assertThatIllegalArgumentException().isThrownBy(() -> AttentionEntropy.of(new float[7], 2));
    assertThatIllegalArgumentException().isThrownBy(() -> AttentionEntropy.of(new float[0], 2));
  }
}
