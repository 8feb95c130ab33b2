package io.lodisc.model.method;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which terms the loss has (paper, Eq. 5 and the ablation of Table 3). */
public enum Branches {
  /** MoCo v3 alone. */
  @JsonProperty("global")
  GLOBAL(true, false),
  /** The pivotal regions alone. */
  @JsonProperty("local")
  LOCAL(false, true),
  /** LoDisc. */
  @JsonProperty("global+local")
  GLOBAL_LOCAL(true, true);

  private final boolean global;
  private final boolean local;

  Branches(boolean global, boolean local) {
    this.global = global;
    this.local = local;
  }

  public boolean global() {
    return global;
  }

  public boolean local() {
    return local;
  }
}
