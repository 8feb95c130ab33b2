package io.lodisc.training.views;

import io.lodisc.model.image.Picture;
import java.util.Arrays;

/**
 * Cuts a box out of a picture and scales it as PIL's antialiased bilinear filter does: the rows
 * first, rounded to 8 bits, then the columns. Keeps its buffers, so each thread needs its own.
 */
final class Scaler {

  private static final int HALF = 1 << Taps.BITS - 1;

  private final Taps across = new Taps();
  private final Taps down = new Taps();

  /** The box's rows, scaled to the output's width. */
  private int[][] rows = {};

  private int[] source = {};
  private int[] taken = {};
  private int[] red = {};
  private int[] green = {};
  private int[] blue = {};

  /** Scales the box to width x height pixels. */
  void scale(Picture picture, CropBox box, int width, int height, int[] to) {
    prepare(box, width, height);
    for (int row = 0; row < box.height(); row++) {
      int from = 3 * ((box.y() + row) * picture.width() + box.x());
      unpack(picture.rgb(), from, box.width(), source);
      startSums();
      for (int k = 0; k < across.count(); k++) {
        take(source, across.starts(), k, taken);
        add(taken, across.weights(k), red, green, blue);
      }
      pack(red, green, blue, rows[row]);
    }
    for (int line = 0; line < height; line++) {
      startSums();
      for (int k = 0; k < down.count(); k++) {
        int[] row = rows[down.starts()[line] + k];
        add(row, down.weights(k)[line], red, green, blue);
      }
      pack(red, green, blue, taken);
      System.arraycopy(taken, 0, to, line * width, width);
    }
  }

  private void prepare(CropBox box, int width, int height) {
    across.prepare(box.width(), width);
    down.prepare(box.height(), height);
    if (source.length < box.width()) {
      source = new int[box.width()];
    }
    if (rows.length < box.height() || taken.length != width) {
      rows = new int[Math.max(rows.length, box.height())][width];
      taken = new int[width];
      red = new int[width];
      green = new int[width];
      blue = new int[width];
    }
  }

  private void startSums() {
    Arrays.fill(red, HALF);
    Arrays.fill(green, HALF);
    Arrays.fill(blue, HALF);
  }

  private static void unpack(byte[] rgb, int from, int width, int[] pixels) {
    for (int x = 0; x < width; x++) {
      int at = from + 3 * x;
      pixels[x] = (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | rgb[at + 2] & 0xff;
    }
  }

  private static void take(int[] pixels, int[] starts, int k, int[] taken) {
    for (int i = 0; i < taken.length; i++) {
      taken[i] = pixels[starts[i] + k];
    }
  }

  // One index for all arrays: such loops the compiler turns into vector instructions.

  private static void add(int[] pixels, int[] weights, int[] red, int[] green, int[] blue) {
    for (int i = 0; i < red.length; i++) {
      int pixel = pixels[i];
      int weight = weights[i];
      red[i] += weight * (pixel >> 16 & 0xff);
      green[i] += weight * (pixel >> 8 & 0xff);
      blue[i] += weight * (pixel & 0xff);
    }
  }

  private static void add(int[] pixels, int weight, int[] red, int[] green, int[] blue) {
    for (int i = 0; i < red.length; i++) {
      int pixel = pixels[i];
      red[i] += weight * (pixel >> 16 & 0xff);
      green[i] += weight * (pixel >> 8 & 0xff);
      blue[i] += weight * (pixel & 0xff);
    }
  }

  private static void pack(int[] red, int[] green, int[] blue, int[] pixels) {
    for (int i = 0; i < red.length; i++) {
      pixels[i] = red[i] >> Taps.BITS << 16 | green[i] >> Taps.BITS << 8 | blue[i] >> Taps.BITS;
    }
  }
}
