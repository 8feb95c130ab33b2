package io.lodisc.model.method.mask;

import ai.djl.ndarray.NDArray;

/** The paper's: keeps the patches that attention finds important. */
final class LocationMask implements MaskStrategy {

  @Override
  public String name() {
    return "location";
  }

  @Override
  public boolean needsImportance() {
    return true;
  }

  @Override
  public NDArray scores(MaskedViews views) {
    return views.importance();
  }
}
