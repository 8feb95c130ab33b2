package io.lodisc.model.method.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Keeps patches drawn anew for every view (ablation). */
final class RandomMask implements MaskStrategy {

  @Override
  public String name() {
    return "random";
  }

  @Override
  public NDArray scores(MaskedViews views) {
    int patches = views.grid() * views.grid();
    float[] scores = new float[views.batch() * patches];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = views.random().nextFloat();
    }
    return views.manager().create(scores, new Shape(views.batch(), patches));
  }
}
