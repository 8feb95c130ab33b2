package io.lodisc.training.views;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.Preprocessing;
import java.util.random.RandomGenerator;

/**
 * Draws the two views of a picture: MoCo v3's augmentation, in its order. Safe for use by several
 * threads; each keeps buffers of its own.
 */
public final class Views {

  private final ViewSettings settings;
  private final Preprocessing preprocessing;
  private final ThreadLocal<Scaler> scalers = ThreadLocal.withInitial(Scaler::new);
  private final ThreadLocal<GaussianBlur> blurs = ThreadLocal.withInitial(GaussianBlur::new);
  private final ThreadLocal<int[]> buffers;

  /**
   * @param preprocessing of the encoder: the views' side and normalisation
   */
  public Views(ViewSettings settings, Preprocessing preprocessing) {
    this.settings = settings;
    this.preprocessing = preprocessing;
    this.buffers =
        ThreadLocal.withInitial(() -> new int[preprocessing.size() * preprocessing.size()]);
  }

  /** Values of a view: 3 x size x size. */
  public int length() {
    return 3 * preprocessing.size() * preprocessing.size();
  }

  /**
   * The short side, in pixels, beyond which a larger picture would show no more: the smallest crop
   * then has as many pixels as the view, and the largest twice as many a side, which hides that it
   * is scaled twice.
   */
  public int sourceSide() {
    int size = preprocessing.size();
    return Math.max(2 * size, (int) Math.ceil(size / Math.sqrt(settings.cropMin())));
  }

  /**
   * Draws one view.
   *
   * @param second the view with its own blur and the solarization
   * @param to where 3 x size x size values go, normalised
   * @param at index of the first
   */
  public void draw(Picture picture, boolean second, RandomGenerator random, float[] to, int at) {
    apply(
        picture,
        ViewPlan.draw(picture.width(), picture.height(), settings, second, random),
        to,
        at);
  }

  void apply(Picture picture, ViewPlan plan, float[] to, int at) {
    int size = preprocessing.size();
    int[] pixels = buffers.get();
    scalers.get().scale(picture, plan.crop(), size, size, pixels);
    if (plan.rotation() != 0) {
      Rotation.apply(pixels, size, size, plan.rotation());
    }
    plan.jitter().forEach(adjustment -> adjustment.apply(pixels));
    if (plan.grayscale()) {
      Colours.grayscale(pixels);
    }
    if (plan.blur() > 0) {
      blurs.get().apply(pixels, size, size, plan.blur());
    }
    if (plan.solarize()) {
      Colours.solarize(pixels);
    }
    if (plan.flip()) {
      flip(pixels, size);
    }
    normalise(pixels, to, at);
  }

  static void flip(int[] pixels, int width) {
    for (int row = 0; row < pixels.length; row += width) {
      for (int left = row, right = row + width - 1; left < right; left++, right--) {
        int swapped = pixels[left];
        pixels[left] = pixels[right];
        pixels[right] = swapped;
      }
    }
  }

  void normalise(int[] pixels, float[] to, int at) {
    for (int c = 0; c < 3; c++) {
      float scale = (float) (1 / (255 * preprocessing.std().get(c)));
      float shift = (float) (preprocessing.mean().get(c) / preprocessing.std().get(c));
      normalise(pixels, 16 - 8 * c, scale, shift, to, at + c * pixels.length);
    }
  }

  private static void normalise(
      int[] pixels, int bits, float scale, float shift, float[] to, int at) {
    for (int i = 0; i < pixels.length; i++) {
      to[at + i] = (pixels[i] >> bits & 0xff) * scale - shift;
    }
  }
}
