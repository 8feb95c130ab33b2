package io.lodisc.training.pretrain;

/**
 * Colour operations on interleaved RGB in 0..255, in place, with the meanings that PIL and
 * torchvision give them (their results are not rounded to whole grey levels here).
 */
final class Colours {

  private Colours() {}

  /** Blends with black. */
  static void brightness(float[] rgb, double factor) {
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = clamp(rgb[i] * factor);
    }
  }

  /** Blends with the mean of the picture's grey levels. */
  static void contrast(float[] rgb, double factor) {
    double mean = 0;
    for (int i = 0; i < rgb.length; i += 3) {
      mean += grey(rgb, i);
    }
    mean = Math.round(mean / (rgb.length / 3));
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = clamp(mean + (rgb[i] - mean) * factor);
    }
  }

  /** Blends with the grey picture. */
  static void saturation(float[] rgb, double factor) {
    for (int i = 0; i < rgb.length; i += 3) {
      double grey = grey(rgb, i);
      for (int c = i; c < i + 3; c++) {
        rgb[c] = clamp(grey + (rgb[c] - grey) * factor);
      }
    }
  }

  static void grayscale(float[] rgb) {
    for (int i = 0; i < rgb.length; i += 3) {
      float grey = (float) grey(rgb, i);
      rgb[i] = grey;
      rgb[i + 1] = grey;
      rgb[i + 2] = grey;
    }
  }

  /**
   * Turns the hue (HSV).
   *
   * @param shift in turns
   */
  static void hue(float[] rgb, double shift) {
    for (int i = 0; i < rgb.length; i += 3) {
      double r = rgb[i];
      double g = rgb[i + 1];
      double b = rgb[i + 2];
      double max = Math.max(r, Math.max(g, b));
      double chroma = max - Math.min(r, Math.min(g, b));
      if (chroma > 0) {
        double sixth;
        if (max == r) {
          sixth = (g - b) / chroma;
        } else if (max == g) {
          sixth = 2 + (b - r) / chroma;
        } else {
          sixth = 4 + (r - g) / chroma;
        }
        sixth = sixth + 6 * shift;
        rgb[i] = channel(max, chroma, sixth + 5);
        rgb[i + 1] = channel(max, chroma, sixth + 3);
        rgb[i + 2] = channel(max, chroma, sixth + 1);
      }
    }
  }

  /** Inverts everything from the middle up. */
  static void solarize(float[] rgb) {
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = rgb[i] >= 128 ? 255 - rgb[i] : rgb[i];
    }
  }

  private static float channel(double max, double chroma, double sixth) {
    double k = sixth - 6 * Math.floor(sixth / 6);
    return (float) (max - chroma * Math.clamp(Math.min(k, 4 - k), 0, 1));
  }

  /** ITU-R 601-2 luma. */
  private static double grey(float[] rgb, int i) {
    return 0.299 * rgb[i] + 0.587 * rgb[i + 1] + 0.114 * rgb[i + 2];
  }

  private static float clamp(double value) {
    return (float) Math.clamp(value, 0, 255);
  }
}
