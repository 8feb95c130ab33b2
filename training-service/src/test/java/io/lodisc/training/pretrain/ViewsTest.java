package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.Preprocessing;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ViewsTest {

  private static final Preprocessing PLAIN = Preprocessing.imagenet(8);
  private static final ViewSettings NOTHING =
      new ViewSettings(1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0);

  @Test
  void theWholePictureUnchangedIsWhatIsServed() {
    Picture picture = picture(8, 8);

    float[] view = new Views(NOTHING, PLAIN).draw(picture, false, Counter.at(0));

    float[] served = PLAIN.apply(picture);
    for (int i = 0; i < view.length; i++) {
      assertThat(view[i]).isCloseTo(served[i], within(1e-5f));
    }
  }

  @Test
  void aFlipMirrorsEveryRow() {
    ViewSettings flipped = new ViewSettings(1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1);
    Picture picture = picture(8, 8);

    float[] straight = new Views(NOTHING, PLAIN).draw(picture, false, Counter.at(0));
    float[] mirrored = new Views(flipped, PLAIN).draw(picture, false, Counter.at(0));

    for (int i = 0; i < straight.length; i++) {
      int row = i / 8 * 8;
      assertThat(mirrored[row + 7 - i % 8]).isEqualTo(straight[i]);
    }
  }

  @Test
  void theSamePlaceGivesTheSameViewAndAnotherAnotherOne() {
    Views views = new Views(ViewSettings.mocoV3(), PLAIN);
    Picture picture = picture(40, 30);

    float[] one = views.draw(picture, true, Counter.at(1, 2, 3, 2));

    assertThat(views.draw(picture, true, Counter.at(1, 2, 3, 2))).containsExactly(one);
    assertThat(views.draw(picture, true, Counter.at(1, 2, 4, 2))).isNotEqualTo(one);
    assertThat(views.draw(picture, true, Counter.at(2, 2, 3, 2))).isNotEqualTo(one);
  }

  @Test
  void viewsOfAllSettingsAreNumbersInRange() {
    ViewSettings all = new ViewSettings(0.08, 1, 2, 30, 1, 1, 1, 1, 0.5, 0.5, 1, 1, 3, 1, 0.5);
    Views views = new Views(all, PLAIN);
    for (int i = 0; i < 300; i++) {
      for (float value : views.draw(picture(33, 57), i % 2 == 0, Counter.at(9, i))) {
        assertThat(value).isBetween(-2.2f, 2.7f);
      }
    }
  }

  @Test
  void cropsHaveTheAreaAndAspectThatWereAskedForAndLieInThePicture() {
    ViewSettings settings = ViewSettings.mocoV3();
    RandomGenerator random = Counter.at(5);
    double smallest = 1;
    double largest = 0;
    for (int i = 0; i < 2000; i++) {
      CropBox box = CropBox.draw(500, 375, settings, random);
      assertThat(box.x()).isBetween(0, 500 - box.width());
      assertThat(box.y()).isBetween(0, 375 - box.height());
      double share = box.width() * box.height() / (500.0 * 375);
      smallest = Math.min(smallest, share);
      largest = Math.max(largest, share);
      double aspect = (double) box.width() / box.height();
      assertThat(aspect).isBetween(0.74, 1.35);
    }
    assertThat(smallest).isCloseTo(0.08, within(0.02));
    assertThat(largest).isGreaterThan(0.9);
  }

  @Test
  void aPictureThatNoCropFitsGivesItsCentre() {
    ViewSettings whole = new ViewSettings(1, 1, 1.0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0);

    assertThat(CropBox.draw(100, 20, whole, Counter.at(1))).isEqualTo(new CropBox(40, 0, 20, 20));
  }

  @Test
  void coloursHavePilsMeaning() {
    float[] rgb = {200, 100, 50};
    Colours.brightness(rgb, 1.5);
    assertThat(rgb).containsExactly(255, 150, 75);

    rgb = new float[] {0, 0, 0, 255, 255, 255};
    Colours.contrast(rgb, 0.5);
    assertThat(rgb).containsExactly(64, 64, 64, 191.5f, 191.5f, 191.5f);

    rgb = new float[] {255, 0, 0};
    Colours.saturation(rgb, 0);
    assertThat(rgb[0]).isCloseTo(76.245f, within(1e-3f));
    assertThat(rgb[1]).isEqualTo(rgb[0]).isEqualTo(rgb[2]);

    rgb = new float[] {255, 0, 0, 10, 200, 30, 90, 90, 90};
    Colours.hue(rgb, 1.0 / 3);
    assertThat(rgb)
        .usingComparatorWithPrecision(0.01f)
        .containsExactly(0, 255, 0, 30, 10, 200, 90, 90, 90);

    rgb = new float[] {127, 128, 255};
    Colours.solarize(rgb);
    assertThat(rgb).containsExactly(127, 127, 0);
  }

  @Test
  void aBlurKeepsTheMeanAndSpreadsAPoint() {
    float[] point = new float[3 * 21 * 21];
    Arrays.fill(point, 3 * (10 * 21 + 10), 3 * (10 * 21 + 10) + 3, 100);

    float[] blurred = GaussianBlur.apply(point, 21, 1);

    double sum = 0;
    for (float value : blurred) {
      sum += value;
    }
    assertThat(sum).isCloseTo(300, within(0.01));
    assertThat(blurred[3 * (10 * 21 + 10)]).isCloseTo(15.92f, within(0.15f));
    assertThat(blurred[3 * (10 * 21 + 11)]).isCloseTo(9.66f, within(0.1f));
  }

  @Test
  void aQuarterTurnMovesEveryPixel() {
    float[] rgb = new float[3 * 5 * 5];
    rgb[3 * (0 * 5 + 2)] = 200;

    float[] turned = Rotation.apply(rgb, 5, Math.PI / 2);

    assertThat(turned[3 * (2 * 5 + 4)] + turned[3 * (2 * 5)]).isGreaterThanOrEqualTo(199);
  }

  private static Picture picture(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    Counter.at(width, height).nextBytes(rgb);
    return new Picture(width, height, rgb);
  }
}
