package io.lodisc.training.pretrain;

import java.util.Arrays;

/** A turn of a square picture about its centre, bilinear; white where nothing was. */
final class Rotation {

  private static final float WHITE = 255;

  private Rotation() {}

  /**
   * @param rgb interleaved
   * @param side pixels
   * @param angle radians
   */
  static float[] apply(float[] rgb, int side, double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double centre = (side - 1) / 2.0;
    float[] turned = new float[rgb.length];
    Arrays.fill(turned, WHITE);
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        double x = cos * (column - centre) + sin * (row - centre) + centre;
        double y = -sin * (column - centre) + cos * (row - centre) + centre;
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        if (left >= 0 && top >= 0 && left + 1 < side && top + 1 < side) {
          sample(rgb, side, left, top, x - left, y - top, turned, 3 * (row * side + column));
        }
      }
    }
    return turned;
  }

  private static void sample(
      float[] rgb, int side, int left, int top, double dx, double dy, float[] to, int at) {
    int upper = 3 * (top * side + left);
    int lower = upper + 3 * side;
    for (int c = 0; c < 3; c++) {
      double above = rgb[upper + c] * (1 - dx) + rgb[upper + 3 + c] * dx;
      double below = rgb[lower + c] * (1 - dx) + rgb[lower + 3 + c] * dx;
      to[at + c] = (float) (above * (1 - dy) + below * dy);
    }
  }
}
