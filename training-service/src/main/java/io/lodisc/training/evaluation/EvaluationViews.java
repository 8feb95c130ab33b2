package io.lodisc.training.evaluation;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.image.Resampler;
import io.lodisc.model.random.Counter;
import io.lodisc.training.views.ViewSettings;
import io.lodisc.training.views.Views;

/** The views of the evaluation protocol, each 3 x side x side, normalised. */
public final class EvaluationViews {

  /** RandomResizedCrop (area 0.08 to 1, aspect 3/4 to 4/3) and a flip of every second picture. */
  private static final ViewSettings CROP_AND_FLIP =
      new ViewSettings(0.08, 1, 4.0 / 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0.5);

  private final Preprocessing preprocessing;
  private final Views views;
  private final long seed;

  public EvaluationViews(Preprocessing preprocessing, long seed) {
    this.preprocessing = preprocessing;
    this.views = new Views(CROP_AND_FLIP, preprocessing);
    this.seed = seed;
  }

  /**
   * The probe's training view; depends on nothing but its place.
   *
   * @param index of the picture
   * @param to where the values go
   * @param at index of the first
   */
  void train(Picture picture, int index, long epoch, float[] to, int at) {
    views.draw(picture, false, Counter.at(seed, epoch, index), to, at);
  }

  /**
   * The test view: the short side scaled to side x 256/224, the centre cut out (torchvision's
   * Resize and CenterCrop, with their rounding).
   */
  public void test(Picture picture, float[] to, int at) {
    int side = preprocessing.size();
    int shorter = (int) Math.rint(side * 256 / 224.0);
    boolean wide = picture.width() > picture.height();
    int longer =
        (int)
            ((long) shorter
                * Math.max(picture.width(), picture.height())
                / Math.min(picture.width(), picture.height()));
    int width = wide ? longer : shorter;
    int height = wide ? shorter : longer;
    float[] rgb = Resampler.resize(picture, 0, 0, picture.width(), picture.height(), width, height);
    int left = (int) Math.rint((width - side) / 2.0);
    int top = (int) Math.rint((height - side) / 2.0);
    for (int c = 0; c < 3; c++) {
      double mean = preprocessing.mean().get(c);
      double std = preprocessing.std().get(c);
      for (int i = 0; i < side * side; i++) {
        int pixel = (top + i / side) * width + left + i % side;
        to[at + c * side * side + i] = (float) ((rgb[3 * pixel + c] / 255 - mean) / std);
      }
    }
  }
}
