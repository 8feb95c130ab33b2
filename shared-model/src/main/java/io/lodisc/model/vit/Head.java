package io.lodisc.model.vit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Ops;
import java.util.List;
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
   * In training: each view is normalised by the statistics of its own batch, while the linear
   * layers, whose weights outweigh a batch by far, see all views at once.
   *
   * @param x one view's batch below another's, rows x in
   * @param views the random numbers of each view's dropout
   * @return rows x out
   */
  public NDArray train(NDArray x, List<RandomGenerator> views) {
    long batch = x.getShape().get(0) / views.size();
    NDArray y = x;
    for (int i = 0; i < layers; i++) {
      NDArray linear = linear(i, y);
      NDList normed = new NDList();
      for (int v = 0; v < views.size(); v++) {
        NDArray view = linear.get(v * batch + ":" + (v + 1) * batch);
        normed.add(activated(i, norm(i, view, true), views.get(v)));
      }
      y = NDArrays.concat(normed, 0);
    }
    return y;
  }

  /** As a fixed function, by the running statistics and without dropout. */
  public NDArray evaluate(NDArray x) {
    NDArray y = x;
    for (int i = 0; i < layers; i++) {
      y = activated(i, norm(i, linear(i, y), false), null);
    }
    return y;
  }

  private NDArray linear(int layer, NDArray x) {
    return Ops.linear(x, weights.get(3 * layer + ".weight"), null);
  }

  private NDArray norm(int layer, NDArray x, boolean training) {
    Weights norm = weights.at(String.valueOf(3 * layer + 1));
    return Ops.batchNorm(
        x,
        isLast(layer) ? one : norm.get("weight"),
        isLast(layer) ? zero : norm.get("bias"),
        norm.get("running_mean"),
        norm.get("running_var"),
        training);
  }

  private NDArray activated(int layer, NDArray x, RandomGenerator random) {
    return isLast(layer) ? x : dropped(Ops.relu(x), random);
  }

  private boolean isLast(int layer) {
    return layer == layers - 1;
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
