package io.lodisc.model.vit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Ops;

/**
 * MoCo v3's projector or predictor: bias-free linear layers, each followed by BatchNorm and, but
 * for the last, ReLU; the last BatchNorm has no affine parameters. Always in training mode: neither
 * is part of the encoder that serves. Names are those of the PyTorch Sequential.
 */
public final class Head {

  private final Weights weights;
  private final int layers;
  private final NDArray one;
  private final NDArray zero;

  /**
   * @param sizes in, hidden..., out
   */
  public Head(Weights weights, int... sizes) {
    this.weights = weights;
    this.layers = sizes.length - 1;
    NDArray mean = weights.get(3 * (layers - 1) + 1 + ".running_mean");
    this.one = mean.onesLike();
    this.zero = mean.zerosLike();
  }

  /** Draws start weights (PyTorch's Linear default: uniform +-1/sqrt(in)). */
  public static void initialize(Weights w, Draw draw, int... sizes) {
    for (int i = 0; i + 1 < sizes.length; i++) {
      int in = sizes[i];
      int out = sizes[i + 1];
      w.put(3 * i + ".weight", draw.uniform(in * out, 1 / Math.sqrt(in)), new Shape(out, in));
      String norm = 3 * i + 1 + ".";
      if (i + 2 < sizes.length) {
        w.put(norm + "weight", Draw.ones(out), new Shape(out));
        w.put(norm + "bias", new float[out], new Shape(out));
      }
      w.put(norm + "running_mean", new float[out], new Shape(out));
      w.put(norm + "running_var", Draw.ones(out), new Shape(out));
    }
  }

  /**
   * @param x batch x in
   * @return batch x out
   */
  public NDArray forward(NDArray x) {
    NDArray y = x;
    for (int i = 0; i < layers; i++) {
      y = Ops.linear(y, weights.get(3 * i + ".weight"), null);
      Weights norm = weights.at(String.valueOf(3 * i + 1));
      boolean last = i == layers - 1;
      y =
          Ops.batchNorm(
              y,
              last ? one : norm.get("weight"),
              last ? zero : norm.get("bias"),
              norm.get("running_mean"),
              norm.get("running_var"));
      y = last ? y : Ops.relu(y);
    }
    return y;
  }
}
