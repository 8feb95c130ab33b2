package io.lodisc.model.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** Eq. 4: the pivotal regions of a picture, and the picture reduced to them. */
public final class LocationMask {

  private static final double ROUNDING = 1e-9;

  private LocationMask() {}

  /**
   * Marks the patches whose importance reaches the threshold; floor(N ratio) lie below it, and ties
   * at it are kept.
   *
   * @param importance batch x patches
   * @param ratio share of the patches that are masked
   * @return batch x patches of 1 (kept) and 0
   */
  public static NDArray pivotal(NDArray importance, double ratio) {
    int patches = (int) importance.getShape().get(1);
    int kept = patches - (int) Math.floor(patches * ratio + ROUNDING);
    NDArray threshold =
        importance.topK(kept, 1, true, true).get(0).get(":,%d:%d".formatted(kept - 1, kept));
    return importance.gte(threshold).toType(DataType.FLOAT32, false);
  }

  /**
   * Zeroes the masked patches.
   *
   * @param x normalised pictures, batch x 3 x image x image
   * @param mask batch x patches
   * @param patch pixels a side
   */
  public static NDArray keep(NDArray x, NDArray mask, int patch) {
    long batch = x.getShape().get(0);
    long grid = x.getShape().get(2) / patch;
    return x.reshape(batch, 3, grid, patch, grid, patch)
        .mul(mask.reshape(batch, 1, grid, 1, grid, 1))
        .reshape(x.getShape());
  }
}
