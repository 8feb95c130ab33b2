package io.lodisc.training.pretrain;

import ai.djl.ndarray.NDArray;
import io.lodisc.model.engine.Ops;
import io.lodisc.model.engine.Torch;

/** How close queries are to their own picture's key, and to the others'. */
final class Similarities {

  private Similarities() {}

  /**
   * Mean cosines of the first views' queries with the second views' keys.
   *
   * @param q both views, 2B x out
   * @param k both views, 2B x out
   * @return of the same picture, of other pictures
   */
  static float[] of(NDArray q, NDArray k) {
    return Torch.withoutGradients(
        () -> {
          long batch = q.getShape().get(0) / 2;
          NDArray cosines =
              Ops.normalize(q.get("0:" + batch))
                  .matMul(Ops.normalize(k.get(batch + ":")).swapAxes(0, 1));
          double own = Ops.diagonal(cosines).sum().getFloat();
          double all = cosines.sum().getFloat();
          return new float[] {
            (float) (own / batch), (float) ((all - own) / (batch * (batch - 1.0)))
          };
        });
  }
}
