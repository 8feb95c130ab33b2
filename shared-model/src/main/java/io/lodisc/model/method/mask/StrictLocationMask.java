package io.lodisc.model.method.mask;

import ai.djl.ndarray.NDArray;

/** As the authors' code has it: keeps the patches whose importance is above the threshold. */
final class StrictLocationMask implements MaskStrategy {

  @Override
  public String name() {
    return "location-strict";
  }

  @Override
  public boolean needsImportance() {
    return true;
  }

  @Override
  public NDArray scores(MaskedViews views) {
    return views.importance();
  }

  @Override
  public int kept(int patches, double ratio) {
    return Math.max(1, Patches.kept(patches, ratio) - 1);
  }

  @Override
  public NDArray mask(NDArray scores, double ratio) {
    int reached = Patches.kept((int) scores.getShape().get(1), ratio);
    return Patches.ones(scores.gt(Patches.highest(scores, reached)));
  }
}
