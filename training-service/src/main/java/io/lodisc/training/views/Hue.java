package io.lodisc.training.views;

/**
 * Turns the hue as torchvision does on PIL pictures: to PIL's 8-bit HSV, where the shift wraps, and
 * back. The mixture of single and double precision is PIL's (Convert.c) and decides the rounding.
 */
final class Hue {

  private Hue() {}

  /**
   * @param turns the shift, -0.5 to 0.5
   */
  static void shift(int[] pixels, double turns) {
    int shift = (int) (turns * 255);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = shifted(pixels[i], shift);
    }
  }

  private static int shifted(int pixel, int shift) {
    int r = pixel >> 16 & 0xff;
    int g = pixel >> 8 & 0xff;
    int b = pixel & 0xff;
    int max = Math.max(r, Math.max(g, b));
    int chroma = max - Math.min(r, Math.min(g, b));
    if (chroma == 0) {
      return pixel;
    }
    int saturation = (int) ((float) chroma / max * 255.0);
    float hue;
    if (r == max) {
      hue = hue(0.0, max - b, max - g, chroma);
    } else if (g == max) {
      hue = hue(2.0, max - r, max - b, chroma);
    } else {
      hue = hue(4.0, max - g, max - r, chroma);
    }
    return rgb((int) (hue * 255.0) + shift & 0xff, saturation, max);
  }

  private static float hue(double sector, int less, int more, float chroma) {
    float sixth = (float) (sector + less / chroma - more / chroma);
    double turn = sixth / 6.0 + 1;
    return (float) (turn >= 1 ? turn - 1 : turn);
  }

  private static int rgb(int h, int s, int v) {
    if (s == 0) {
      return v * 0x010101;
    }
    int sector = h * 6 / 255;
    float rest = (float) (h * 6.0 / 255.0 - sector);
    float share = (float) (s / 255.0);
    int p = (int) (v * (1.0 - share) + 0.5);
    int q = (int) (v * (1.0 - share * rest) + 0.5);
    int t = (int) (v * (1.0 - share * (1.0 - rest)) + 0.5);
    return switch (sector) {
      case 1 -> q << 16 | v << 8 | p;
      case 2 -> p << 16 | v << 8 | t;
      case 3 -> p << 16 | q << 8 | v;
      case 4 -> t << 16 | p << 8 | v;
      case 5 -> v << 16 | p << 8 | q;
      default -> v << 16 | t << 8 | p;
    };
  }
}
