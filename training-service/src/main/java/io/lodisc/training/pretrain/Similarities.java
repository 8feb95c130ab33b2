package io.lodisc.training.pretrain;

import ai.djl.ndarray.NDArray;
import io.lodisc.model.metrics.Similarity;
import io.lodisc.model.metrics.UnitVectors;
import java.util.Arrays;

/** How close queries are to their own picture's key, and to the others'. */
final class Similarities {

  private Similarities() {}

  /**
   * Mean cosines of the first views' queries with the second views' keys.
   *
   * @param q both views, 2B x out
   * @param k both views, 2B x out
   */
  static Similarity of(NDArray q, NDArray k) {
    return Similarity.ofPairs(units(q, 0), units(k, 1));
  }

  private static float[][] units(NDArray both, int view) {
    float[] values = both.toFloatArray();
    int batch = (int) both.getShape().get(0) / 2;
    int length = (int) both.getShape().get(1);
    float[][] rows = new float[batch][];
    for (int i = 0; i < batch; i++) {
      int from = (view * batch + i) * length;
      rows[i] = Arrays.copyOfRange(values, from, from + length);
    }
    return UnitVectors.of(rows);
  }
}
