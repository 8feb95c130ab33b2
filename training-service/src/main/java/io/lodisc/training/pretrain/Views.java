package io.lodisc.training.pretrain;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.image.Resampler;
import java.util.random.RandomGenerator;

/** Draws the two views of a picture (MoCo v3's augmentation, in its order). */
final class Views {

  private final ViewSettings settings;
  private final Preprocessing preprocessing;

  Views(ViewSettings settings, Preprocessing preprocessing) {
    this.settings = settings;
    this.preprocessing = preprocessing;
  }

  /**
   * One view.
   *
   * @param second the view with its own blur and the solarization
   * @return 3 x size x size, normalised
   */
  float[] draw(Picture picture, boolean second, RandomGenerator random) {
    int size = preprocessing.size();
    CropBox box = CropBox.draw(picture.width(), picture.height(), settings, random);
    float[] rgb =
        Resampler.resize(picture, box.x(), box.y(), box.width(), box.height(), size, size);
    if (settings.rotation() > 0) {
      double reach = Math.toRadians(settings.rotation());
      rgb = Rotation.apply(rgb, size, within(-reach, reach, random));
    }
    if (random.nextDouble() < settings.jitter()) {
      jitter(rgb, random);
    }
    if (random.nextDouble() < settings.grayscale()) {
      Colours.grayscale(rgb);
    }
    if (random.nextDouble() < (second ? settings.blur2() : settings.blur1())) {
      double sigma = within(0.1, settings.blurSigmaMax(), random);
      rgb = GaussianBlur.apply(rgb, size, sigma);
    }
    if (second && random.nextDouble() < settings.solarize2()) {
      Colours.solarize(rgb);
    }
    boolean flip = random.nextDouble() < settings.flip();
    return normalise(rgb, size, flip);
  }

  /** Brightness, contrast, saturation and hue in a random order. */
  private void jitter(float[] rgb, RandomGenerator random) {
    int[] order = {0, 1, 2, 3};
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    for (int operation : order) {
      switch (operation) {
        case 0 -> Colours.brightness(rgb, factor(settings.brightness(), random));
        case 1 -> Colours.contrast(rgb, factor(settings.contrast(), random));
        case 2 -> Colours.saturation(rgb, factor(settings.saturation(), random));
        default -> Colours.hue(rgb, within(-settings.hue(), settings.hue(), random));
      }
    }
  }

  private float[] normalise(float[] rgb, int size, boolean flip) {
    float[] x = new float[rgb.length];
    int plane = size * size;
    for (int c = 0; c < 3; c++) {
      float scale = (float) (1 / (255 * preprocessing.std().get(c)));
      float shift = (float) (preprocessing.mean().get(c) / preprocessing.std().get(c));
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          int from = row * size + (flip ? size - 1 - column : column);
          x[c * plane + row * size + column] = rgb[3 * from + c] * scale - shift;
        }
      }
    }
    return x;
  }

  private static double factor(double reach, RandomGenerator random) {
    return within(Math.max(0, 1 - reach), 1 + reach, random);
  }

  private static double within(double from, double to, RandomGenerator random) {
    return from + (to - from) * random.nextDouble();
  }
}
