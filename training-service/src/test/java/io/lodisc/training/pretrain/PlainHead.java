package io.lodisc.training.pretrain;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/** The layers of projector and predictor, number by number, at their start values. */
final class PlainHead {

  private static final double EPSILON = 1e-5;

  private PlainHead() {}

  /** BatchNorm of a linear layer without bias, and then ReLU. */
  static double[][] hidden(double[][] x, NDArray weight) {
    double[][] y = last(x, weight);
    return Arrays.stream(y)
        .map(row -> Arrays.stream(row).map(v -> Math.max(0, v)).toArray())
        .toArray(double[][]::new);
  }

  /** BatchNorm of a linear layer without bias. */
  static double[][] last(double[][] x, NDArray weight) {
    int out = (int) weight.getShape().get(0);
    float[] w = weight.toFloatArray();
    double[][] y = new double[x.length][out];
    for (int column = 0; column < out; column++) {
      double[] values = new double[x.length];
      for (int row = 0; row < x.length; row++) {
        for (int d = 0; d < x[row].length; d++) {
          values[row] += x[row][d] * w[column * x[row].length + d];
        }
      }
      double[] normal = norm(values);
      for (int row = 0; row < x.length; row++) {
        y[row][column] = normal[row];
      }
    }
    return y;
  }

  /** One feature over a batch, by its own mean and variance. */
  static double[] norm(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) / Math.sqrt(variance + EPSILON)).toArray();
  }
}
