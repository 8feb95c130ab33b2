package io.lodisc.training.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.random.Counter;
import io.lodisc.training.pictures.TrainingDecoder;
import io.lodisc.training.support.Recorded;
import io.lodisc.training.views.Adjustment.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViewsTest {

  private static final int SIDE = 32;
  private static final double[] MEAN = {0.485, 0.456, 0.406};
  private static final double[] STD = {0.229, 0.224, 0.225};
  private static final Preprocessing PLAIN = Preprocessing.imagenet(8);
  private static final ViewSettings NOTHING =
      new ViewSettings(1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0);

  private static ViewPlan plan(String name) {
    return switch (name) {
      case "first" ->
          new ViewPlan(
              new CropBox(7, 4, 40, 38),
              0,
              List.of(
                  new Adjustment(Kind.HUE, -0.08),
                  new Adjustment(Kind.BRIGHTNESS, 1.31),
                  new Adjustment(Kind.SATURATION, 0.87),
                  new Adjustment(Kind.CONTRAST, 0.71)),
              false,
              1.7,
              false,
              true);
      case "second" ->
          new ViewPlan(
              new CropBox(20, 10, 15, 18),
              0,
              List.of(
                  new Adjustment(Kind.CONTRAST, 1.36),
                  new Adjustment(Kind.SATURATION, 1.18),
                  new Adjustment(Kind.HUE, 0.06),
                  new Adjustment(Kind.BRIGHTNESS, 0.8)),
              false,
              0,
              true,
              false);
      default -> new ViewPlan(new CropBox(0, 0, 61, 47), 9.5, List.of(), true, 0.6, true, true);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "second", "third"})
  void aWholeViewIsTorchvisionsWithTheSameParameters(String name) {
    Views views = new Views(NOTHING, Preprocessing.imagenet(SIDE));
    float[] view = new float[5 + views.length()];

    views.apply(Recorded.picture("/views/photo.png"), plan(name), view, 5);

    Picture expected = Recorded.picture("/views/view-" + name + ".png");
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < SIDE * SIDE; i++) {
        double level = 255 * (view[5 + c * SIDE * SIDE + i] * STD[c] + MEAN[c]);
        assertThat(level).isCloseTo(expected.rgb()[3 * i + c] & 0xff, within(1e-3));
      }
    }
    String recorded = new String(Recorded.bytes("/views/normalised.csv"), StandardCharsets.UTF_8);
    for (String line : recorded.lines().toList()) {
      String[] row = line.split(",");
      if (row[0].equals(name)) {
        int from = 5 + Integer.parseInt(row[1]) * SIDE * SIDE + SIDE / 2 * SIDE;
        for (int x = 0; x < SIDE; x++) {
          assertThat(view[from + x]).isCloseTo(Float.parseFloat(row[2 + x]), within(1e-5f));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"whole, 0.17, 3", "blurred, 0.13, 2", "smallest, 1.22, 24"})
  void aPictureThatWasShrunkGivesNearlyTheViewsOfAllItsPixels(String name, double mean, int most) {
    Views views = new Views(ViewSettings.mocoV3(), Preprocessing.imagenet(224));
    byte[] file = Recorded.bytes("/views/large.jpg");
    int[] expected = Packed.of(Recorded.picture("/views/large-" + name + ".png"));
    Picture whole = TrainingDecoder.decode(file, 1188);
    Picture shrunk = TrainingDecoder.decode(file, views.sourceSide());
    assertThat(shrunk.height()).isEqualTo(792);

    int[] exact = levels(views, whole, large(name, 3));
    int[] near = levels(views, shrunk, large(name, 2));

    assertThat(Packed.farthest(exact, expected)).isZero();
    assertThat(Packed.mean(near, expected)).isLessThan(mean);
    assertThat(Packed.farthest(near, expected)).isLessThanOrEqualTo(most);
  }

  /** In units of 396 pixels of the picture's short side. */
  private static ViewPlan large(String name, int units) {
    ViewPlan first = plan("first");
    ViewPlan second = plan("second");
    return switch (name) {
      case "whole" -> with(second, box(0, 0, 528, 396, units), List.of(), false);
      case "blurred" -> with(first, box(100, 50, 330, 252, units), first.jitter(), false);
      default -> with(second, box(370, 10, 130, 131, units), second.jitter(), true);
    };
  }

  private static CropBox box(int x, int y, int width, int height, int units) {
    return new CropBox(units * x, units * y, units * width, units * height);
  }

  private static ViewPlan with(
      ViewPlan plan, CropBox crop, List<Adjustment> jitter, boolean solarize) {
    return new ViewPlan(crop, 0, jitter, false, plan.blur(), solarize, plan.flip());
  }

  /** A view's grey levels again. */
  private static int[] levels(Views views, Picture picture, ViewPlan plan) {
    float[] view = new float[views.length()];
    views.apply(picture, plan, view, 0);
    int[] pixels = new int[view.length / 3];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < pixels.length; i++) {
        double value = view[c * pixels.length + i] * STD[c] + MEAN[c];
        pixels[i] = pixels[i] << 8 | (int) Math.round(255 * value);
      }
    }
    return pixels;
  }

  @Test
  void theWholePictureUnchangedIsWhatIsServed() {
    Picture picture = picture(8, 8);

    float[] view = draw(new Views(NOTHING, PLAIN), picture, false, Counter.at(0));

    float[] served = PLAIN.apply(picture);
    for (int i = 0; i < view.length; i++) {
      assertThat(view[i]).isCloseTo(served[i], within(1e-5f));
    }
  }

  @Test
  void theSamePlaceGivesTheSameViewAndAnotherAnotherOne() {
    Views views = new Views(ViewSettings.mocoV3(), PLAIN);
    Picture picture = picture(40, 30);

    float[] one = draw(views, picture, true, Counter.at(1, 2, 3, 2));

    assertThat(draw(views, picture, true, Counter.at(1, 2, 3, 2))).containsExactly(one);
    assertThat(draw(views, picture, true, Counter.at(1, 2, 4, 2))).isNotEqualTo(one);
    assertThat(draw(views, picture, true, Counter.at(2, 2, 3, 2))).isNotEqualTo(one);
  }

  @Test
  void viewsOfAllSettingsAreNumbersInRange() {
    ViewSettings all = new ViewSettings(0.08, 1, 2, 30, 1, 1, 1, 1, 0.5, 0.5, 1, 1, 3, 1, 0.5);
    Views views = new Views(all, PLAIN);
    for (int i = 0; i < 300; i++) {
      for (float value : draw(views, picture(33, 57), i % 2 == 0, Counter.at(9, i))) {
        assertThat(value).isBetween(-2.2f, 2.7f);
      }
    }
  }

  @Test
  void aLargePictureIsNeededOnlyUpToWhereEveryCropHasTheViewsPixels() {
    assertThat(new Views(ViewSettings.mocoV3(), Preprocessing.imagenet(224)).sourceSide())
        .isEqualTo(792);
    assertThat(new Views(NOTHING, Preprocessing.imagenet(224)).sourceSide()).isEqualTo(448);
  }

  private static float[] draw(
      Views views, Picture picture, boolean second, RandomGenerator random) {
    float[] view = new float[views.length()];
    views.draw(picture, second, random, view, 0);
    return view;
  }

  private static Picture picture(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    Counter.at(width, height).nextBytes(rgb);
    return new Picture(width, height, rgb);
  }
}
