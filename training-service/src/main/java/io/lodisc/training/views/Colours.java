package io.lodisc.training.views;

/** Colour operations on 0xRRGGBB in place, each rounded as PIL's ImageEnhance and ImageOps do. */
final class Colours {

  private Colours() {}

  /** Blends with black. */
  static void brightness(int[] pixels, float factor) {
    towards(pixels, 0, factor);
  }

  /** Blends with the mean of the picture's grey levels. */
  static void contrast(int[] pixels, float factor) {
    long sum = 0;
    for (int pixel : pixels) {
      sum += grey(pixel);
    }
    towards(pixels, (int) ((double) sum / pixels.length + 0.5), factor);
  }

  /** Blends with the grey picture. */
  static void saturation(int[] pixels, float factor) {
    for (int i = 0; i < pixels.length; i++) {
      int pixel = pixels[i];
      int grey = grey(pixel);
      int r = blend(grey, pixel >> 16 & 0xff, factor);
      int g = blend(grey, pixel >> 8 & 0xff, factor);
      int b = blend(grey, pixel & 0xff, factor);
      pixels[i] = r << 16 | g << 8 | b;
    }
  }

  static void grayscale(int[] pixels) {
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = grey(pixels[i]) * 0x010101;
    }
  }

  /** Inverts everything from 128 up. */
  static void solarize(int[] pixels) {
    for (int i = 0; i < pixels.length; i++) {
      int pixel = pixels[i];
      int r = pixel >> 16 & 0xff;
      int g = pixel >> 8 & 0xff;
      int b = pixel & 0xff;
      pixels[i] = Math.min(r, 255 - r) << 16 | Math.min(g, 255 - g) << 8 | Math.min(b, 255 - b);
    }
  }

  private static void towards(int[] pixels, int level, float factor) {
    for (int i = 0; i < pixels.length; i++) {
      int pixel = pixels[i];
      int r = blend(level, pixel >> 16 & 0xff, factor);
      int g = blend(level, pixel >> 8 & 0xff, factor);
      int b = blend(level, pixel & 0xff, factor);
      pixels[i] = r << 16 | g << 8 | b;
    }
  }

  /** PIL's Image.blend: single precision, cut off, not rounded. */
  private static int blend(int from, int to, float factor) {
    return (int) Math.max(0f, Math.min(255f, from + factor * (to - from)));
  }

  /** PIL's mode L: ITU-R 601-2 luma in 16-bit fixed point. */
  private static int grey(int pixel) {
    int r = pixel >> 16 & 0xff;
    int g = pixel >> 8 & 0xff;
    int b = pixel & 0xff;
    return r * 19595 + g * 38470 + b * 7471 + 0x8000 >> 16;
  }
}
