package io.lodisc.model.method;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Eq. 3: how important each patch is to the class token. */
public final class Importance {

  private static final float SMALLEST = 1e-30f;

  private Importance() {}

  /**
   * A_j = prod over layers of mean over heads of a[CLS -> j], as a sum of logarithms: the product
   * of many small numbers would underflow.
   *
   * @param attention the class token's row of every layer, batch x heads x 1 x (1 + patches)
   * @return batch x patches
   */
  public static NDArray of(List<NDArray> attention) {
    return attention.stream()
        .map(a -> a.mean(new int[] {1}).get(":,0,1:").maximum(SMALLEST).log())
        .reduce(NDArray::add)
        .orElseThrow();
  }
}
