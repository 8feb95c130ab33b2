package io.lodisc.model.method;

import ai.djl.ndarray.NDArray;
import io.lodisc.model.engine.Ops;

/** Eq. 1: InfoNCE with the other pictures of the batch as negatives. */
public final class Contrast {

  private Contrast() {}

  /**
   * Cross-entropy of the cosines over t, with the picture itself as the label, times MoCo v3's 2t.
   *
   * @param q batch x out
   * @param k batch x out; row i is the positive of q's row i
   * @return a scalar
   */
  public static NDArray loss(NDArray q, NDArray k, double temperature) {
    NDArray cosines = Ops.normalize(q).matMul(Ops.normalize(k).swapAxes(0, 1));
    NDArray logits = Ops.scale(cosines, 1 / temperature);
    return Ops.scale(Ops.diagonal(logits.logSoftmax(1)).mean(), -2 * temperature);
  }
}
