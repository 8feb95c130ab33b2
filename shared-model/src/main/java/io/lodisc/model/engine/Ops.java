package io.lodisc.model.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** PyTorch operations under their own names and meanings. */
public final class Ops {

  private static final double NORMALIZE_EPSILON = 1e-12;

  private Ops() {}

  /**
   * x w^T + b over the last dimension.
   *
   * @param bias null for none
   */
  public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    if (Torch.precision() == Precision.BF16) {
      return Bfloat16.linear(x, weight, bias);
    }
    if (bias != null && OneDnn.takes(x)) {
      if (!JniUtils.isGradMode()) {
        return OneDnn.linear(x, weight, bias);
      }
      if (Torch.threads() > 1 && ConvolutionCheck.passes(x, weight, bias)) {
        return OneDnn.convolution(x, weight, bias);
      }
    }
    return JniUtils.linear((PtNDArray) x, (PtNDArray) weight, (PtNDArray) bias);
  }

  /** The MLP of a transformer: linear, GELU, linear. */
  public static NDArray mlp(
      NDArray x, NDArray weight1, NDArray bias1, NDArray weight2, NDArray bias2) {
    return Torch.precision() == Precision.BF16
        ? Bfloat16.mlp(x, weight1, bias1, weight2, bias2)
        : linear(linearGelu(x, weight1, bias1), weight2, bias2);
  }

  /** GELU of x w^T + b. */
  private static NDArray linearGelu(NDArray x, NDArray weight, NDArray bias) {
    return OneDnn.takes(x) && !JniUtils.isGradMode()
        ? OneDnn.linearGelu(x, weight, bias)
        : gelu(linear(x, weight, bias));
  }

  /** Layer normalisation over the last dimension. */
  public static NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, double epsilon) {
    return JniUtils.layerNorm(
        (PtNDArray) x, weight.getShape(), (PtNDArray) weight, (PtNDArray) bias, epsilon);
  }

  /** The exact Gaussian error linear unit. */
  private static NDArray gelu(NDArray x) {
    return JniUtils.gelu((PtNDArray) x);
  }

  public static NDArray relu(NDArray x) {
    return JniUtils.relu((PtNDArray) x);
  }

  /**
   * Non-overlapping convolution: batch x 3 x h x w to batch x D x h/patch x w/patch.
   *
   * @param weight D x 3 x patch x patch
   */
  public static NDArray patches(NDArray x, NDArray weight, NDArray bias, int patch) {
    return x.getNDArrayInternal()
        .convolution(x, weight, bias, new Shape(patch, patch), new Shape(0, 0), new Shape(1, 1), 1)
        .head();
  }

  /**
   * Batch normalisation of batch x features. In training by the batch's own statistics, which also
   * move the running ones by 0.1 (the variance unbiased), as PyTorch does; else by the running
   * ones.
   */
  public static NDArray batchNorm(
      NDArray x,
      NDArray weight,
      NDArray bias,
      NDArray runningMean,
      NDArray runningVariance,
      boolean training) {
    return x.getNDArrayInternal()
        .batchNorm(x, runningMean, runningVariance, weight, bias, -1, 0.9f, 1e-5f, training)
        .head();
  }

  /**
   * x times a number, whose tensor belongs to the engine. DJL's own {@code mul(Number)} makes a
   * tensor over Java memory and closes it at once: the graph keeps the tensor, the garbage
   * collector takes the memory, and the gradient is of whatever comes to lie there.
   */
  public static NDArray scale(NDArray x, double factor) {
    return x.mul(x.getManager().full(new Shape(), (float) factor));
  }

  /** Each row divided by its L2 norm. */
  public static NDArray normalize(NDArray x) {
    return JniUtils.normalize((PtNDArray) x, 2, -1, NORMALIZE_EPSILON);
  }

  /** The diagonal of a square matrix. */
  public static NDArray diagonal(NDArray x) {
    return JniUtils.diagonal((PtNDArray) x, 0, 0, 1);
  }

  /** Adds the gradients of a scalar, times a weight, to its parameters. */
  public static void backward(NDArray scalar, double weight) {
    backward(scalar, scalar.getManager().full(scalar.getShape(), (float) weight));
  }

  /** Adds to the parameters what they get of an array's gradient. */
  public static void backward(NDArray array, NDArray gradient) {
    JniUtils.backward((PtNDArray) array, (PtNDArray) gradient, false, false);
  }
}
