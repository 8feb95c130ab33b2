package io.lodisc.model.image;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/** Turns decoded pixels of any kind into RGB over white. */
final class Pixels {

  private Pixels() {}

  /**
   * Copies an image onto a white canvas.
   *
   * @param x where the image's left side lies on the canvas
   * @param y where the image's top lies on the canvas
   */
  static Picture over(BufferedImage image, int x, int y, int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    if (image.getWidth() != width || image.getHeight() != height) {
      Arrays.fill(rgb, (byte) 255);
    }
    boolean samples =
        image.getColorModel() instanceof ComponentColorModel model
            && !model.isAlphaPremultiplied()
            && model.getComponentSize(0) >= 8;
    int[] argb = new int[image.getWidth()];
    int[] row = new int[image.getWidth() * image.getRaster().getNumBands()];
    for (int line = 0; line < image.getHeight(); line++) {
      if (samples) {
        samples(image, line, row, argb);
      } else {
        image.getRGB(0, line, argb.length, 1, argb, 0, argb.length);
      }
      int to = 3 * ((y + line) * width + x);
      for (int pixel : argb) {
        int alpha = pixel >>> 24;
        rgb[to++] = overWhite(pixel >> 16 & 0xff, alpha);
        rgb[to++] = overWhite(pixel >> 8 & 0xff, alpha);
        rgb[to++] = overWhite(pixel & 0xff, alpha);
      }
    }
    return new Picture(width, height, rgb);
  }

  /** CMYK without a profile: ink takes light away, black on top. */
  static Picture ofCmyk(Raster raster, boolean inverted) {
    int width = raster.getWidth();
    byte[] rgb = new byte[3 * width * raster.getHeight()];
    int[] row = new int[4 * width];
    int flip = inverted ? 0 : 255;
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int i = 0; i < row.length; i += 4) {
        int light = row[i + 3] ^ flip;
        for (int c = 0; c < 3; c++) {
          rgb[to++] = (byte) (((row[i + c] ^ flip) * light + 127) / 255);
        }
      }
    }
    return new Picture(width, raster.getHeight(), rgb);
  }

  /** Takes the stored samples: getRGB would treat grey as linear light and change it. */
  private static void samples(BufferedImage image, int line, int[] row, int[] argb) {
    int bands = image.getRaster().getNumBands();
    boolean wide = image.getColorModel().getComponentSize(0) == 16;
    image.getRaster().getPixels(0, line, argb.length, 1, row);
    for (int i = 0; i < argb.length; i++) {
      int at = i * bands;
      int first = eight(row[at], wide);
      int colour =
          bands < 3
              ? first * 0x010101
              : first << 16 | eight(row[at + 1], wide) << 8 | eight(row[at + 2], wide);
      int alpha = bands % 2 == 0 ? eight(row[at + bands - 1], wide) : 255;
      argb[i] = alpha << 24 | colour;
    }
  }

  private static int eight(int sample, boolean wide) {
    return wide ? (sample + 128) / 257 : sample;
  }

  private static byte overWhite(int value, int alpha) {
    return (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
  }
}
