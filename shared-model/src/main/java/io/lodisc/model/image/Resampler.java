package io.lodisc.model.image;

/**
 * Antialiased bilinear scaling, as PIL and torchvision do it: a triangle whose support grows with
 * the factor of reduction.
 */
public final class Resampler {

  private Resampler() {}

  /**
   * Scales a box of the picture.
   *
   * <p>The box is in source pixels and may be fractional; it must lie in the picture. Only pixels
   * that the box touches have weight, as if it had been cut out first.
   *
   * @return outHeight x outWidth x 3, row-major, interleaved RGB in 0..255, not rounded
   */
  public static float[] resize(
      Picture picture,
      double x,
      double y,
      double width,
      double height,
      int outWidth,
      int outHeight) {
    Axis across = Axis.of(picture.width(), x, width, outWidth);
    Axis down = Axis.of(picture.height(), y, height, outHeight);
    int top = down.first();
    float[] rows = horizontal(picture, across, top, down.last());
    return vertical(rows, top, down, outWidth * 3);
  }

  private static float[] horizontal(Picture picture, Axis axis, int top, int bottom) {
    byte[] rgb = picture.rgb();
    int out = axis.length();
    float[] rows = new float[(bottom - top) * out * 3];
    int to = 0;
    for (int row = top; row < bottom; row++) {
      int line = row * picture.width() * 3;
      for (int i = 0; i < out; i++) {
        int from = line + axis.start(i) * 3;
        float r = 0;
        float g = 0;
        float b = 0;
        for (float w : axis.weights(i)) {
          r += w * (rgb[from] & 0xff);
          g += w * (rgb[from + 1] & 0xff);
          b += w * (rgb[from + 2] & 0xff);
          from += 3;
        }
        rows[to++] = r;
        rows[to++] = g;
        rows[to++] = b;
      }
    }
    return rows;
  }

  private static float[] vertical(float[] rows, int top, Axis axis, int line) {
    float[] out = new float[axis.length() * line];
    for (int i = 0; i < axis.length(); i++) {
      int to = i * line;
      int from = (axis.start(i) - top) * line;
      for (float w : axis.weights(i)) {
        for (int j = 0; j < line; j++) {
          out[to + j] += w * rows[from + j];
        }
        from += line;
      }
    }
    return out;
  }
}
