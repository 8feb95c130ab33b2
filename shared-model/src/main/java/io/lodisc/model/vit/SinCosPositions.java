package io.lodisc.model.vit;

/** MoCo v3's fixed 2-D positions. */
final class SinCosPositions {

  private SinCosPositions() {}

  /**
   * The table, (1 + grid^2) x width, row-major; the class token's row is 0. With omega_k =
   * 10000^(-k / (width/4)), a patch's row is [sin r omega, cos r omega, sin c omega, cos c omega].
   */
  static float[] table(int grid, int width) {
    int quarter = width / 4;
    float[] table = new float[(1 + grid * grid) * width];
    for (int r = 0; r < grid; r++) {
      for (int c = 0; c < grid; c++) {
        int row = (1 + r * grid + c) * width;
        for (int k = 0; k < quarter; k++) {
          double omega = Math.pow(10_000, -(double) k / quarter);
          table[row + k] = (float) Math.sin(r * omega);
          table[row + quarter + k] = (float) Math.cos(r * omega);
          table[row + 2 * quarter + k] = (float) Math.sin(c * omega);
          table[row + 3 * quarter + k] = (float) Math.cos(c * omega);
        }
      }
    }
    return table;
  }
}
