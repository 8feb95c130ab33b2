package io.lodisc.training.views;

/** A turn about the centre as PIL's bilinear Image.rotate makes it; white where nothing was. */
final class Rotation {

  private static final int WHITE = 0xffffff;

  private Rotation() {}

  /**
   * @param pixels width x height, turned in place
   * @param degrees counter-clockwise
   */
  static void apply(int[] pixels, int width, int height, double degrees) {
    double angle = Math.toRadians(degrees);
    double cos = rounded(Math.cos(angle));
    double sin = rounded(Math.sin(angle));
    int[] source = pixels.clone();
    for (int row = 0; row < height; row++) {
      double dy = row + 0.5 - height / 2.0;
      for (int column = 0; column < width; column++) {
        double dx = column + 0.5 - width / 2.0;
        double x = cos * dx - sin * dy + width / 2.0;
        double y = sin * dx + cos * dy + height / 2.0;
        boolean inside = x >= 0 && x < width && y >= 0 && y < height;
        pixels[row * width + column] =
            inside ? sample(source, width, height, x - 0.5, y - 0.5) : WHITE;
      }
    }
  }

  /** To 15 digits, as PIL does, so that a quarter turn is one. */
  private static double rounded(double value) {
    return Math.rint(value * 1e15) / 1e15;
  }

  private static int sample(int[] source, int width, int height, double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double dx = x - left;
    double dy = y - top;
    int west = Math.max(left, 0);
    int east = Math.min(left + 1, width - 1);
    int north = Math.max(top, 0) * width;
    int south = Math.min(top + 1, height - 1) * width;
    int pixel = 0;
    for (int bits = 0; bits <= 16; bits += 8) {
      double above = mix(source[north + west], source[north + east], bits, dx);
      double below = mix(source[south + west], source[south + east], bits, dx);
      pixel |= (int) (above + (below - above) * dy) << bits;
    }
    return pixel;
  }

  private static double mix(int west, int east, int bits, double share) {
    int from = west >> bits & 0xff;
    return from + ((east >> bits & 0xff) - from) * share;
  }
}
