package io.lodisc.training.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the linear probe is trained on. */
public enum ProbeViews {

  /** New views of every picture in every epoch, as the paper's protocol has it. */
  @JsonProperty("augmented")
  AUGMENTED,

  /** One view, the test view: one pass over the pictures instead of one an epoch. */
  @JsonProperty("plain")
  PLAIN
}
