package io.lodisc.model.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Trusts oneDNN's convolutions shape by shape: on AVX-512, that of libtorch 2.7.1 silently gives
 * wrong values for some (outputs that are no multiple of 48 among them). The first layer of each
 * shape is computed both ways, forward and backward; one that differs goes the slow way for good.
 */
final class ConvolutionCheck {

  /** Rounding is some 1e-6; what is wrong is off by a fifth. */
  private static final double LIMIT = 1e-3;

  private static final Map<String, Boolean> RIGHT = new ConcurrentHashMap<>();

  private ConvolutionCheck() {}

  /** Whether a layer of this shape may be a convolution; asked in gradient mode. */
  static boolean passes(NDArray x, NDArray weight, NDArray bias) {
    String shape = x.getShape() + " " + weight.getShape() + " " + Torch.threads();
    return RIGHT.computeIfAbsent(shape, s -> isRight(x, weight, bias));
  }

  private static boolean isRight(NDArray x, NDArray weight, NDArray bias) {
    try (Scope scope = new Scope()) {
      NDList leaves = leaves(x, weight, bias);
      NDArray y =
          JniUtils.linear(
              (PtNDArray) leaves.get(0), (PtNDArray) leaves.get(1), (PtNDArray) leaves.get(2));
      NDArray gradient = y.duplicate();
      Ops.backward(y, gradient);
      NDList others = leaves(x, weight, bias);
      NDArray z = OneDnn.convolution(others.get(0), others.get(1), others.get(2));
      Ops.backward(z, gradient);
      boolean right = isClose(z, y);
      for (int i = 0; i < leaves.size(); i++) {
        right &= isClose(others.get(i).getGradient(), leaves.get(i).getGradient());
      }
      return right;
    }
  }

  /** Copies without a history, whose gradients are asked for. */
  private static NDList leaves(NDArray... arrays) {
    NDList leaves = new NDList();
    for (NDArray array : arrays) {
      NDArray leaf = array.duplicate();
      leaf.setRequiresGradient(true);
      leaves.add(leaf);
    }
    return leaves;
  }

  private static boolean isClose(NDArray actual, NDArray expected) {
    float[] a = actual.toFloatArray();
    float[] e = expected.toFloatArray();
    double largest = 0;
    double off = 0;
    for (int i = 0; i < e.length; i++) {
      largest = Math.max(largest, Math.abs(e[i]));
      off = Math.max(off, Math.abs(a[i] - e[i]));
    }
    return off <= LIMIT * largest;
  }
}
