package io.lodisc.training.views;

/**
 * PIL's GaussianBlur: three extended box blurs along the rows, then three along the columns, each
 * rounded to 8 bits; the border's pixels go on outside. Keeps its buffers, so each thread needs its
 * own.
 *
 * <p>Source: P. Gwosdek et al., Theoretical Foundations of Gaussian Convolution by Extended Box
 * Filtering, 2011.
 */
final class GaussianBlur {

  private static final int PASSES = 3;

  /** Red, green and blue segments of a row, each with the border's pixels on both sides. */
  private int[][] rows = {};

  private int[][] blurred = {};
  private int length;
  private int[] sums = {};
  private int[] left = {};
  private int[] right = {};

  /**
   * @param pixels width x height, blurred in place
   * @param sigma pixels
   */
  void apply(int[] pixels, int width, int height, double sigma) {
    BoxKernel kernel = BoxKernel.of((float) sigma);
    int pad = kernel.reach() + 1;
    int segment = width + 2 * pad;
    prepare(3 * segment, height);
    for (int row = 0; row < height; row++) {
      unpack(pixels, row * width, width, pad, rows[row]);
      for (int pass = 0; pass < PASSES; pass++) {
        extend(rows[row], length, width, pad);
        along(kernel, rows[row]);
      }
    }
    for (int pass = 0; pass < PASSES; pass++) {
      across(kernel, height);
    }
    for (int row = 0; row < height; row++) {
      pack(rows[row], width, pad, pixels, row * width);
    }
  }

  private void prepare(int values, int height) {
    length = values;
    if (rows.length < height || sums.length < length) {
      rows = new int[height][length];
      blurred = new int[height][length];
      sums = new int[length];
      left = new int[length];
      right = new int[length];
    }
  }

  /** One pass along a row; its ends lie in the padding and are of no use. */
  private void along(BoxKernel kernel, int[] row) {
    System.arraycopy(row, 0, sums, 0, length);
    for (int distance = 1; distance <= kernel.reach(); distance++) {
      shift(row, distance);
      add(length, sums, left, right);
    }
    shift(row, kernel.reach() + 1);
    weigh(length, kernel, sums, left, right, row);
  }

  private void shift(int[] row, int distance) {
    System.arraycopy(row, 0, left, distance, length - distance);
    System.arraycopy(row, distance, right, 0, length - distance);
  }

  /** One pass along all columns at once. */
  private void across(BoxKernel kernel, int height) {
    int reach = kernel.reach();
    int last = height - 1;
    System.arraycopy(rows[0], 0, sums, 0, length);
    for (int distance = 1; distance <= reach; distance++) {
      add(length, sums, rows[0], rows[Math.min(distance, last)]);
    }
    for (int row = 0; row < height; row++) {
      int[] above = rows[Math.max(row - reach - 1, 0)];
      int[] below = rows[Math.min(row + reach + 1, last)];
      weigh(length, kernel, sums, above, below, blurred[row]);
      move(length, sums, rows[Math.max(row - reach, 0)], below);
    }
    int[][] done = blurred;
    blurred = rows;
    rows = done;
  }

  // One index for all arrays: such loops the compiler turns into vector instructions.

  private static void add(int length, int[] sums, int[] a, int[] b) {
    for (int i = 0; i < length; i++) {
      sums[i] += a[i] + b[i];
    }
  }

  private static void move(int length, int[] sums, int[] leaves, int[] enters) {
    for (int i = 0; i < length; i++) {
      sums[i] += enters[i] - leaves[i];
    }
  }

  private static void weigh(int length, BoxKernel kernel, int[] sums, int[] a, int[] b, int[] to) {
    int inner = kernel.inner();
    int outer = kernel.outer();
    for (int i = 0; i < length; i++) {
      to[i] = inner * sums[i] + outer * (a[i] + b[i]) + BoxKernel.HALF >>> BoxKernel.BITS;
    }
  }

  private static void unpack(int[] pixels, int from, int width, int pad, int[] row) {
    int segment = width + 2 * pad;
    for (int i = 0; i < width; i++) {
      int pixel = pixels[from + i];
      row[pad + i] = pixel >> 16 & 0xff;
      row[segment + pad + i] = pixel >> 8 & 0xff;
      row[2 * segment + pad + i] = pixel & 0xff;
    }
  }

  private static void extend(int[] row, int length, int width, int pad) {
    int segment = width + 2 * pad;
    for (int from = 0; from < length; from += segment) {
      for (int i = 0; i < pad; i++) {
        row[from + i] = row[from + pad];
        row[from + pad + width + i] = row[from + pad + width - 1];
      }
    }
  }

  private static void pack(int[] row, int width, int pad, int[] pixels, int at) {
    int segment = width + 2 * pad;
    for (int i = 0; i < width; i++) {
      int r = row[pad + i];
      int g = row[segment + pad + i];
      int b = row[2 * segment + pad + i];
      pixels[at + i] = r << 16 | g << 8 | b;
    }
  }
}
