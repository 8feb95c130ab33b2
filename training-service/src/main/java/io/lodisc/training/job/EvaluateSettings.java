package io.lodisc.training.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.lodisc.training.evaluation.EvaluationSettings;

/**
 * What a job of the type {@code evaluate} is to do.
 *
 * @param checkpoint its id
 * @param against id of the one to compare with, or null
 */
record EvaluateSettings(
    String checkpoint, String against, EvaluationSettings evaluation, long seed) {

  /** Checkpoints to measure. */
  @JsonIgnore
  int steps() {
    return against == null ? 1 : 2;
  }
}
