package io.lodisc.training.views;

/**
 * Turns the hue as torchvision does on PIL pictures: to PIL's 8-bit HSV, where the shift wraps, and
 * back. The mixture of single and double precision is PIL's (Convert.c) and decides the rounding.
 * Colours of noisy pictures are in no order that a processor could foresee, so nothing branches:
 * what has few arguments is looked up.
 */
final class Hue {

  private static final int LEVELS = 256;

  /**
   * 8-bit hue by {@link #order}, chroma, and distance of the middle channel from the largest; a
   * grey has hue 0.
   */
  private static final byte[] HUES = new byte[8 * LEVELS * LEVELS];

  /** 8-bit saturation as a share of 1, by largest channel and chroma. */
  private static final float[] SHARES = new float[LEVELS * LEVELS];

  /** Position of an 8-bit hue in its sixth of the circle, if that is an odd one; else 0. */
  private static final float[] FALLING = new float[LEVELS];

  /** The rest of an even sixth; 0 in an odd one. */
  private static final double[] RISING = new double[LEVELS];

  /** How many bits the largest, smallest and middle channel are shifted left, by 8-bit hue. */
  private static final byte[] LARGEST = new byte[LEVELS];

  private static final byte[] SMALLEST = new byte[LEVELS];
  private static final byte[] MIDDLE = new byte[LEVELS];

  private static final byte[] LARGEST_OF_SIXTH = {16, 8, 8, 0, 0, 16};
  private static final byte[] SMALLEST_OF_SIXTH = {0, 0, 16, 16, 8, 8};

  static {
    for (int chroma = 1; chroma < LEVELS; chroma++) {
      for (int middle = 0; middle <= chroma; middle++) {
        float share = middle / (float) chroma;
        HUES[place(order(2, 1, 0), chroma, middle)] = hue(0 + 1.0 - share);
        HUES[place(order(2, 0, 1), chroma, middle)] = hue(0 - 1.0 + share);
        HUES[place(order(0, 2, 1), chroma, middle)] = hue(2 + 1.0 - share);
        HUES[place(order(1, 2, 0), chroma, middle)] = hue(2 - 1.0 + share);
        HUES[place(order(1, 0, 2), chroma, middle)] = hue(4 + 1.0 - share);
        HUES[place(order(0, 1, 2), chroma, middle)] = hue(4 - 1.0 + share);
      }
      for (int max = chroma; max < LEVELS; max++) {
        int saturation = (int) (chroma / (float) max * 255.0);
        SHARES[max * LEVELS + chroma] = (float) (saturation / 255.0);
      }
    }
    for (int hue = 0; hue < LEVELS; hue++) {
      int sixth = hue * 6 / 255;
      float rest = (float) (hue * 6.0 / 255.0 - sixth);
      FALLING[hue] = sixth % 2 == 1 ? rest : 0;
      RISING[hue] = sixth % 2 == 0 ? 1.0 - rest : 0;
      LARGEST[hue] = LARGEST_OF_SIXTH[sixth % 6];
      SMALLEST[hue] = SMALLEST_OF_SIXTH[sixth % 6];
      MIDDLE[hue] = (byte) (24 - LARGEST[hue] - SMALLEST[hue]);
    }
  }

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
    int min = Math.min(r, Math.min(g, b));
    int middle = 2 * max + min - r - g - b;
    int hue = HUES[place(order(r, g, b), max - min, middle)] + shift & 0xff;
    float share = SHARES[max * LEVELS + max - min];
    int smallest = (int) (max * (1.0 - share) + 0.5);
    int between = (int) (max * (1.0 - (share * FALLING[hue] + share * RISING[hue])) + 0.5);
    return max << LARGEST[hue] | smallest << SMALLEST[hue] | between << MIDDLE[hue];
  }

  /**
   * Tells apart the orders of three channels; any of those that hold serves where two are equal.
   */
  private static int order(int r, int g, int b) {
    return (r - g >>> 31) | (g - b >>> 31) << 1 | (r - b >>> 31) << 2;
  }

  private static int place(int order, int chroma, int middle) {
    return (order * LEVELS + chroma) * LEVELS + middle;
  }

  /**
   * @param sixth of the circle, -1 to 5
   */
  private static byte hue(double sixth) {
    double turn = (float) sixth / 6.0 + 1;
    return (byte) ((float) (turn >= 1 ? turn - 1 : turn) * 255.0);
  }
}
