package io.lodisc.model.vit;

import io.lodisc.model.vit.Architecture.Positions;
import java.util.Arrays;

/** Position tables of one grid of patches for another: (1 + grid^2) x width, row-major. */
public final class PositionTable {

  private static final double A = -0.75;
  private static final int TAPS = 4;

  private PositionTable() {}

  /**
   * The table that weights of one architecture have in another. On the same grid it is the same;
   * fixed positions are computed for the new grid, learned ones {@link #resize resized}.
   *
   * @param to differs from {@code from} in the picture's size, or in that its positions are learned
   */
  public static float[] fit(float[] table, Architecture from, Architecture to) {
    if (from.grid() == to.grid()) {
      return table;
    }
    return from.positions() == Positions.SINCOS
        ? SinCosPositions.table(to.grid(), to.width())
        : resize(table, from.grid(), to.grid(), to.width());
  }

  /** Whether these are MoCo v3's fixed positions, up to the rounding of float32. */
  public static boolean isFixed(float[] table, int grid, int width) {
    if (width % 4 != 0) {
      return false;
    }
    float[] fixed = SinCosPositions.table(grid, width);
    for (int i = 0; i < fixed.length; i++) {
      if (!(Math.abs(table[i] - fixed[i]) < 1e-4)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Bicubic interpolation as PyTorch's {@code interpolate(mode="bicubic", align_corners=False)}
   * does it: a = -0.75, the border's rows and columns repeated, no antialiasing. The class token's
   * row stays as it is.
   *
   * @param from patches a side of the table
   * @param to patches a side of the result
   */
  static float[] resize(float[] table, int from, int to, int width) {
    float[] resized = new float[(1 + to * to) * width];
    System.arraycopy(table, 0, resized, 0, width);
    double[] sums = new double[width];
    for (int row = 0; row < to; row++) {
      double y = source(row, from, to);
      for (int column = 0; column < to; column++) {
        double x = source(column, from, to);
        Arrays.fill(sums, 0);
        for (int tap = 0; tap < TAPS * TAPS; tap++) {
          int dy = tap / TAPS - 1;
          int dx = tap % TAPS - 1;
          double weight = weight(y, dy) * weight(x, dx);
          int patch = index(y, dy, from) * from + index(x, dx, from);
          for (int k = 0; k < width; k++) {
            sums[k] += weight * table[(1 + patch) * width + k];
          }
        }
        int start = (1 + row * to + column) * width;
        for (int k = 0; k < width; k++) {
          resized[start + k] = (float) sums[k];
        }
      }
    }
    return resized;
  }

  /** Where the centre of a patch lies on the old grid. */
  private static double source(int patch, int from, int to) {
    return (patch + 0.5) * from / to - 0.5;
  }

  private static int index(double position, int offset, int size) {
    return Math.clamp((int) Math.floor(position) + offset, 0, size - 1);
  }

  /** Keys' cubic convolution kernel (1981). */
  private static double weight(double position, int offset) {
    double d = Math.abs(Math.floor(position) + offset - position);
    return d <= 1 ? ((A + 2) * d - (A + 3)) * d * d + 1 : ((A * d - 5 * A) * d + 8 * A) * d - 4 * A;
  }
}
