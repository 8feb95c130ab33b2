package io.lodisc.model.method.mask;

import ai.djl.ndarray.NDArray;

/** Masks from the border inwards and keeps the centre (ablation). */
final class BorderMask implements MaskStrategy {

  @Override
  public String name() {
    return "border";
  }

  /**
   * Rings around the centre first, within a ring the patches nearest to it, then in their order.
   */
  @Override
  public NDArray scores(MaskedViews views) {
    int grid = views.grid();
    double centre = (grid - 1) / 2.0;
    float[] scores = new float[grid * grid];
    for (int i = 0; i < scores.length; i++) {
      double down = Math.abs(i / grid - centre);
      double across = Math.abs(i % grid - centre);
      double ring = Math.max(down, across);
      double within = (down + across) / (4 * grid) + i / (4.0 * scores.length * grid);
      scores[i] = (float) -(ring + within);
    }
    return Patches.same(views.manager(), scores, views.batch());
  }
}
