package io.lodisc.model.method.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Pictures reduced to some of their patches. */
public final class Patches {

  private static final double ROUNDING = 1e-9;

  private Patches() {}

  /** N - floor(N ratio). */
  static int kept(int patches, double ratio) {
    return patches - (int) Math.floor(patches * ratio + ROUNDING);
  }

  /** The rank-th highest score of each row, batch x 1. */
  static NDArray highest(NDArray scores, int rank) {
    return scores.topK(rank, 1, true, true).get(0).get(":,%d:%d".formatted(rank - 1, rank));
  }

  static NDArray ones(NDArray condition) {
    return condition.toType(DataType.FLOAT32, false);
  }

  /** The same scores for every view. */
  static NDArray same(NDManager manager, float[] scores, int batch) {
    return manager.create(scores, new Shape(1, scores.length)).broadcast(batch, scores.length);
  }

  /**
   * The numbers of the patches with the highest scores.
   *
   * @return batch x kept, int64
   */
  public static NDArray indices(NDArray scores, int kept) {
    return scores.topK(kept, 1, true, true).get(1);
  }
}
