package io.lodisc.training.pretrain;

/** A Gaussian blur of interleaved RGB; the border's pixels go on outside. */
final class GaussianBlur {

  private static final double REACH = 3;

  private GaussianBlur() {}

  /**
   * @param side of the square picture, pixels
   * @param sigma pixels
   */
  static float[] apply(float[] rgb, int side, double sigma) {
    float[] kernel = kernel(sigma);
    return pass(pass(rgb, side, kernel, 3, 3 * side), side, kernel, 3 * side, 3);
  }

  private static float[] kernel(double sigma) {
    int radius = (int) Math.ceil(REACH * sigma);
    float[] kernel = new float[2 * radius + 1];
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      double x = (i - radius) / sigma;
      kernel[i] = (float) Math.exp(-x * x / 2);
      sum += kernel[i];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= (float) sum;
    }
    return kernel;
  }

  private static float[] pass(float[] in, int side, float[] kernel, int along, int across) {
    float[] out = new float[in.length];
    int radius = kernel.length / 2;
    for (int line = 0; line < side; line++) {
      for (int i = 0; i < side; i++) {
        int to = line * across + i * along;
        for (int k = 0; k < kernel.length; k++) {
          int from = line * across + Math.clamp(i + k - radius, 0, side - 1) * along;
          out[to] += kernel[k] * in[from];
          out[to + 1] += kernel[k] * in[from + 1];
          out[to + 2] += kernel[k] * in[from + 2];
        }
      }
    }
    return out;
  }
}
