package io.lodisc.training.views;

/** Colour operations on 0xRRGGBB in place, each rounded as PIL's ImageEnhance and ImageOps do. */
final class Colours {

  private Colours() {}

  /** Blends with black. */
  static void brightness(int[] pixels, float factor) {
    blend(pixels, factor);
  }

  /** Blends with the mean of the picture's grey levels. */
  static void contrast(int[] pixels, float factor) {
    long sum = 0;
    for (int pixel : pixels) {
      sum += grey(pixel);
    }
    int mean = (int) ((double) sum / pixels.length + 0.5);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] |= mean << 24;
    }
    blend(pixels, factor);
  }

  /** Blends with the grey picture. */
  static void saturation(int[] pixels, float factor) {
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] |= grey(pixels[i]) << 24;
    }
    blend(pixels, factor);
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

  /** Blends each pixel with the grey level in its top byte, and clears that. */
  private static void blend(int[] pixels, float factor) {
    for (int bits = 0; bits <= 16; bits += 8) {
      blend(pixels, bits, factor);
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] &= 0xffffff;
    }
  }

  /** PIL's Image.blend of one channel: single precision, cut off, not rounded. */
  private static void blend(int[] pixels, int bits, float factor) {
    int others = ~(0xff << bits);
    for (int i = 0; i < pixels.length; i++) {
      int pixel = pixels[i];
      int level = pixel >>> 24;
      float blended = level + factor * ((pixel >> bits & 0xff) - level);
      pixels[i] = pixel & others | (int) Math.max(0f, Math.min(255f, blended)) << bits;
    }
  }

  /** PIL's mode L: ITU-R 601-2 luma in 16-bit fixed point. */
  private static int grey(int pixel) {
    int r = pixel >> 16 & 0xff;
    int g = pixel >> 8 & 0xff;
    int b = pixel & 0xff;
    return r * 19595 + g * 38470 + b * 7471 + 0x8000 >> 16;
  }
}
