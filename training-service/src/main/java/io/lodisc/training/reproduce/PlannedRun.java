package io.lodisc.training.reproduce;

import io.lodisc.training.pretrain.Settings;

/**
 * One training run.
 *
 * @param row id of the first row with these settings
 * @param first whether it is of the first seed, whose pivotal regions are shown
 */
public record PlannedRun(String row, long seed, Settings settings, boolean first) {

  public String name() {
    return row + "-seed" + seed;
  }
}
