package io.lodisc.model.method;

import ai.djl.ndarray.NDArray;

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

  private static long half(NDArray both) {
    return both.getShape().get(0) / 2;
  }
}
