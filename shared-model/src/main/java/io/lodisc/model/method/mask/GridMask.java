package io.lodisc.model.method.mask;

import ai.djl.ndarray.NDArray;

/** Keeps one of every four patches, whatever the ratio (ablation). */
final class GridMask implements MaskStrategy {

  @Override
  public String name() {
    return "grid";
  }

  @Override
  public NDArray scores(MaskedViews views) {
    int grid = views.grid();
    float[] scores = new float[grid * grid];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = i / grid % 2 == 0 && i % grid % 2 == 0 ? 1 : 0;
    }
    return Patches.same(views.manager(), scores, views.batch());
  }

  @Override
  public int kept(int patches, double ratio) {
    int half = ((int) Math.round(Math.sqrt(patches)) + 1) / 2;
    return half * half;
  }
}
