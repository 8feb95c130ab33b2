package io.lodisc.training.views;

import io.lodisc.model.image.Picture;

/** Pictures in the form that operations work on, 0xRRGGBB. */
final class Packed {

  private Packed() {}

  static int[] of(Picture picture) {
    int[] pixels = new int[picture.width() * picture.height()];
    for (int i = 0; i < pixels.length; i++) {
      for (int c = 0; c < 3; c++) {
        pixels[i] = pixels[i] << 8 | picture.rgb()[3 * i + c] & 0xff;
      }
    }
    return pixels;
  }

  /** The mean difference of all channels, in grey levels. */
  static double mean(int[] pixels, int[] expected) {
    long sum = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int bits = 0; bits <= 16; bits += 8) {
        sum += Math.abs((pixels[i] >> bits & 0xff) - (expected[i] >> bits & 0xff));
      }
    }
    return sum / (3.0 * expected.length);
  }

  /** The largest difference of any channel, in grey levels. */
  static int farthest(int[] pixels, int[] expected) {
    if (pixels.length != expected.length) {
      throw new AssertionError(pixels.length + " pixels, not " + expected.length);
    }
    int farthest = 0;
    for (int i = 0; i < pixels.length; i++) {
      for (int bits = 0; bits <= 16; bits += 8) {
        int difference = (pixels[i] >> bits & 0xff) - (expected[i] >> bits & 0xff);
        farthest = Math.max(farthest, Math.abs(difference));
      }
    }
    return farthest;
  }
}
