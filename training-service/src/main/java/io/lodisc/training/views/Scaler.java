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

  /** The box's rows scaled to the output's width: all red, all green, all blue values. */
  private int[][] rows = {};

  private int[] sums = {};

  /** Scales the box to width x height pixels. */
  void scale(Picture picture, CropBox box, int width, int height, int[] to) {
    across.prepare(box.width(), width);
    down.prepare(box.height(), height);
    if (rows.length < box.height() || sums.length != 3 * width) {
      rows = new int[box.height()][3 * width];
      sums = new int[3 * width];
    }
    for (int row = 0; row < box.height(); row++) {
      int from = 3 * ((box.y() + row) * picture.width() + box.x());
      scaleRow(picture.rgb(), from, width, rows[row]);
    }
    for (int line = 0; line < height; line++) {
      int offset = down.offset(line);
      Arrays.fill(sums, HALF);
      for (int k = 0; k < down.count(line); k++) {
        add(sums, rows[down.start(line) + k], down.weights()[offset + k]);
      }
      pack(sums, width, to, line * width);
    }
  }

  private void scaleRow(byte[] rgb, int from, int width, int[] row) {
    int[] weights = across.weights();
    for (int i = 0; i < width; i++) {
      int at = from + 3 * across.start(i);
      int first = across.offset(i);
      int last = first + across.count(i);
      int r = HALF;
      int g = HALF;
      int b = HALF;
      for (int k = first; k < last; k++) {
        int weight = weights[k];
        r += weight * (rgb[at] & 0xff);
        g += weight * (rgb[at + 1] & 0xff);
        b += weight * (rgb[at + 2] & 0xff);
        at += 3;
      }
      row[i] = r >> Taps.BITS;
      row[width + i] = g >> Taps.BITS;
      row[2 * width + i] = b >> Taps.BITS;
    }
  }

  // One index for both arrays: such a loop the compiler turns into vector instructions.
  private static void add(int[] sums, int[] row, int weight) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * row[i];
    }
  }

  private static void pack(int[] sums, int width, int[] to, int at) {
    for (int i = 0; i < width; i++) {
      int r = sums[i] >> Taps.BITS;
      int g = sums[width + i] >> Taps.BITS;
      int b = sums[2 * width + i] >> Taps.BITS;
      to[at + i] = r << 16 | g << 8 | b;
    }
  }
}
