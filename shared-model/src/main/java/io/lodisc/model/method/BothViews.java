package io.lodisc.model.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.function.UnaryOperator;

/**
 * Two views of a batch in one array: row i is the first view of a picture, row B + i its second.
 */
final class BothViews {

  private BothViews() {}

  static NDArray first(NDArray both) {
    return both.get("0:" + half(both));
  }

  static NDArray second(NDArray both) {
    return both.get(half(both) + ":");
  }

  /** What looks at a whole batch, such as BatchNorm, sees each view apart. */
  static NDArray each(NDArray both, UnaryOperator<NDArray> apply) {
    return NDArrays.concat(new NDList(apply.apply(first(both)), apply.apply(second(both))), 0);
  }

  private static long half(NDArray both) {
    return both.getShape().get(0) / 2;
  }
}
