package io.lodisc.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreprocessingTest {

  private static final List<Double> ZERO = List.of(0.0, 0.0, 0.0);
  private static final List<Double> ONE = List.of(1.0, 1.0, 1.0);

  /** 4 x 2: a red left half and a blue right half. */
  private final Picture wide = halves();

  @Test
  void padsWithWhiteSoThatAllIsSeen() {
    float[] input = new Preprocessing(4, "pad", ZERO, ONE).apply(wide);

    assertThat(plane(input, 0)).containsExactly(1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1);
    assertThat(plane(input, 1)).containsExactly(1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1);
  }

  @Test
  void cropsTheCentre() {
    float[] input = new Preprocessing(2, "crop", ZERO, ONE).apply(wide);

    assertThat(input).containsExactly(1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1);
  }

  @Test
  void normalisesByMeanAndDeviationOfEachChannel() {
    float[] input = Preprocessing.imagenet(4).apply(wide);

    assertThat(input[0]).isCloseTo((1 - 0.485f) / 0.229f, within(1e-5f));
    assertThat(input[16 + 5]).isCloseTo((0 - 0.456f) / 0.224f, within(1e-5f));
    assertThat(input[32 + 7]).isCloseTo((1 - 0.406f) / 0.225f, within(1e-5f));
  }

  @Test
  void keepsASliverVisible() {
    Picture sliver = new Picture(1, 900, new byte[2700]);

    float[] input = new Preprocessing(8, "pad", ZERO, ONE).apply(sliver);

    assertThat(input[3]).isZero();
    assertThat(input[2]).isOne();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Preprocessing(4, "squash", ZERO, ONE))
        .withMessageContaining("squash");
    assertThatIllegalArgumentException().isThrownBy(() -> new Preprocessing(0, "pad", ZERO, ONE));
    assertThatIllegalArgumentException().isThrownBy(() -> new Preprocessing(4, "pad", ZERO, ZERO));
  }

  private static float[] plane(float[] input, int channel) {
    return Arrays.copyOfRange(input, 16 * channel, 16 * channel + 16);
  }

  private static Picture halves() {
    byte[] rgb = new byte[24];
    for (int i = 0; i < 8; i++) {
      rgb[3 * i + (i % 4 < 2 ? 0 : 2)] = (byte) 255;
    }
    return new Picture(4, 2, rgb);
  }
}
