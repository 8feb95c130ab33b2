package io.lodisc.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.PictureDecoder;
import io.lodisc.model.image.PictureDecoder.Limits;
import io.lodisc.model.image.Preprocessing;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationViewsTest {

  private static final List<Double> ZERO = List.of(0.0, 0.0, 0.0);
  private static final List<Double> ONE = List.of(1.0, 1.0, 1.0);

  @ParameterizedTest
  @CsvSource({"53x37, 16", "41x90, 32", "30x30, 28", "19x25, 24"})
  void theTestViewIsTorchvisionsResizeAndCenterCrop(String name, int side) throws IOException {
    Picture picture = read(name + ".png");
    Picture expected = read("%s-%d.png".formatted(name, side));
    float[] view = new float[3 * side * side + 2];

    new EvaluationViews(new Preprocessing(side, "crop", ZERO, ONE), 1).test(picture, view, 1);

    assertThat(view[0]).isZero();
    assertThat(view[view.length - 1]).isZero();
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < side * side; i++) {
        assertThat(255 * view[1 + c * side * side + i])
            .isCloseTo(expected.rgb()[3 * i + c] & 0xff, within(1.01f));
      }
    }
  }

  @Test
  void theTestViewIsNormalised() {
    Picture grey = new Picture(20, 20, bytes(20 * 20, 51));
    float[] view = new float[3 * 64];

    new EvaluationViews(Preprocessing.imagenet(8), 1).test(grey, view, 0);

    assertThat(view[0]).isCloseTo((0.2f - 0.485f) / 0.229f, within(1e-5f));
    assertThat(view[64]).isCloseTo((0.2f - 0.456f) / 0.224f, within(1e-5f));
    assertThat(view[191]).isCloseTo((0.2f - 0.406f) / 0.225f, within(1e-5f));
  }

  @Test
  void aTrainingViewDependsOnSeedEpochAndPictureAlone() throws IOException {
    Picture picture = read("53x37.png");
    float[] view = train(picture, 1, 3, 7);

    assertThat(train(picture, 1, 3, 7)).containsExactly(view);
    assertThat(train(picture, 2, 3, 7)).isNotEqualTo(view);
    assertThat(train(picture, 1, 4, 7)).isNotEqualTo(view);
    assertThat(train(picture, 1, 3, 8)).isNotEqualTo(view);
  }

  /** Red grows to the right, green downwards: a view's corners tell its crop and its flip. */
  @Test
  void trainingViewsAreCropsOfEightToAHundredPercentHalfOfThemFlipped() {
    byte[] rgb = new byte[3 * 200 * 200];
    for (int i = 0; i < 200 * 200; i++) {
      rgb[3 * i] = (byte) (i % 200);
      rgb[3 * i + 1] = (byte) (i / 200);
      rgb[3 * i + 2] = (byte) 90;
    }
    Picture ramps = new Picture(200, 200, rgb);
    int flipped = 0;
    double smallest = 1;
    double largest = 0;
    for (int i = 0; i < 600; i++) {
      float[] view = train(ramps, 1, i, 0);
      // From the first to the last centre of eight pixels the crop spans 7/8 of its side.
      double width = 255 * (view[7] - view[0]) * 8 / 7;
      double height = 255 * (view[64 + 56] - view[64]) * 8 / 7;
      flipped += width < 0 ? 1 : 0;
      double area = Math.abs(width) * height / (200 * 200);
      smallest = Math.min(smallest, area);
      largest = Math.max(largest, area);
      assertThat(Math.abs(width) / height).isBetween(0.7, 1.45);
      assertThat(255 * view[128]).isCloseTo(90, within(0.6f));
    }
    assertThat(flipped).isBetween(250, 350);
    assertThat(smallest).isCloseTo(0.08, within(0.03));
    assertThat(largest).isGreaterThan(0.9);
  }

  private static float[] train(Picture picture, long seed, long epoch, int index) {
    float[] view = new float[3 * 64];
    new EvaluationViews(new Preprocessing(8, "crop", ZERO, ONE), seed)
        .train(picture, index, epoch, view, 0);
    return view;
  }

  private static byte[] bytes(int pixels, int value) {
    byte[] rgb = new byte[3 * pixels];
    Arrays.fill(rgb, (byte) value);
    return rgb;
  }

  private static Picture read(String name) throws IOException {
    try (InputStream in = EvaluationViewsTest.class.getResourceAsStream("/evaluation/" + name)) {
      return PictureDecoder.decode(in.readAllBytes(), Limits.DEFAULT);
    }
  }
}
