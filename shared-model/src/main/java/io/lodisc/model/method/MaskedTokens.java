package io.lodisc.model.method;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of the patches that the local branch does not keep. */
public enum MaskedTokens {
  /** They are 0 in the normalised picture, and their tokens stay (the paper's). */
  @JsonProperty("zeroed")
  ZEROED,
  /** They are left out: only kept patches, at their positions, go through the momentum encoder. */
  @JsonProperty("dropped")
  DROPPED
}
