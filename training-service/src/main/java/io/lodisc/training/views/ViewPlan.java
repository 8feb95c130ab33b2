package io.lodisc.training.views;

import io.lodisc.training.views.Adjustment.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What was drawn for one view; the operations follow one another in this order.
 *
 * @param rotation degrees; 0: none
 * @param jitter in the order of application; empty: none
 * @param blur sigma in pixels of the view; 0: none
 */
record ViewPlan(
    CropBox crop,
    double rotation,
    List<Adjustment> jitter,
    boolean grayscale,
    double blur,
    boolean solarize,
    boolean flip) {

  private static final double LEAST_SIGMA = 0.1;

  /**
   * Draws a plan for a picture of this size.
   *
   * @param second the view with its own blur and the solarization
   */
  static ViewPlan draw(
      int width, int height, ViewSettings settings, boolean second, RandomGenerator random) {
    CropBox crop = CropBox.draw(width, height, settings, random);
    double reach = settings.rotation();
    double rotation = reach > 0 ? within(-reach, reach, random) : 0;
    List<Adjustment> jitter =
        happens(settings.jitter(), random) ? jitter(settings, random) : List.of();
    boolean grayscale = happens(settings.grayscale(), random);
    boolean blurred = happens(second ? settings.blur2() : settings.blur1(), random);
    double sigma = blurred ? within(LEAST_SIGMA, settings.blurSigmaMax(), random) : 0;
    boolean solarize = second && happens(settings.solarize2(), random);
    boolean flip = happens(settings.flip(), random);
    return new ViewPlan(crop, rotation, jitter, grayscale, sigma, solarize, flip);
  }

  /** The four in a random order, less those whose setting is 0. */
  private static List<Adjustment> jitter(ViewSettings settings, RandomGenerator random) {
    Kind[] order = Kind.values();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Kind swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    List<Adjustment> jitter = new ArrayList<>();
    for (Kind kind : order) {
      double reach =
          switch (kind) {
            case BRIGHTNESS -> settings.brightness();
            case CONTRAST -> settings.contrast();
            case SATURATION -> settings.saturation();
            case HUE -> settings.hue();
          };
      double centre = kind == Kind.HUE ? 0 : 1;
      if (reach > 0) {
        jitter.add(new Adjustment(kind, within(centre - reach, centre + reach, random)));
      }
    }
    return List.copyOf(jitter);
  }

  private static boolean happens(double probability, RandomGenerator random) {
    return random.nextDouble() < probability;
  }

  private static double within(double from, double to, RandomGenerator random) {
    return from + (to - from) * random.nextDouble();
  }
}
