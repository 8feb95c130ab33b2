package io.lodisc.model.vit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Ops;
import java.util.random.RandomGenerator;

/**
 * MoCo v3's projector or predictor: bias-free linear layers, each followed by BatchNorm and, but
 * for the last, ReLU; the last BatchNorm has no affine parameters. Names are those of the PyTorch
 * Sequential.
 */
public final class Head {

  private final Weights weights;
  private final int layers;
  private final double dropout;
  private final NDArray one;
  private final NDArray zero;

  /**
   * @param dropout share of the hidden values that training leaves out
   * @param sizes in, hidden..., out
   */
  public Head(Weights weights, double dropout, int... sizes) {
    this.weights = weights;
    this.layers = sizes.length - 1;
    this.dropout = dropout;
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
   * In training, by the batch's own statistics.
   *
   * @param x batch x in
   * @param random of the dropout
   * @return batch x out
   */
  public NDArray train(NDArray x, RandomGenerator random) {
    return forward(x, random);
  }

  /** As a fixed function, by the running statistics and without dropout. */
  public NDArray evaluate(NDArray x) {
    return forward(x, null);
  }

  private NDArray forward(NDArray x, RandomGenerator random) {
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
              norm.get("running_var"),
              random != null);
      y = last ? y : dropped(Ops.relu(y), random);
    }
    return y;
  }

  /** Zeroes a share of the values and scales the others up for it. */
  private NDArray dropped(NDArray x, RandomGenerator random) {
    if (dropout == 0 || random == null) {
      return x;
    }
    float[] factors = new float[(int) x.size()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = random.nextDouble() < dropout ? 0 : (float) (1 / (1 - dropout));
    }
    return x.mul(x.getManager().create(factors, x.getShape()));
  }
}
