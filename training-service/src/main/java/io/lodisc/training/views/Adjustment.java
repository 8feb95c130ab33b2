package io.lodisc.training.views;

/**
 * One operation of the colour jitter.
 *
 * @param amount a factor, 1 changes nothing; of the hue, a shift in turns
 */
record Adjustment(Kind kind, double amount) {

  enum Kind {
    BRIGHTNESS,
    CONTRAST,
    SATURATION,
    HUE
  }

  void apply(int[] pixels) {
    switch (kind) {
      case BRIGHTNESS -> Colours.brightness(pixels, (float) amount);
      case CONTRAST -> Colours.contrast(pixels, (float) amount);
      case SATURATION -> Colours.saturation(pixels, (float) amount);
      case HUE -> Hue.shift(pixels, amount);
    }
  }
}
