package io.lodisc.training.reproduce;

import io.lodisc.training.evaluation.History;
import io.lodisc.training.pretrain.Settings;
import io.lodisc.training.pretrain.TrainingLog.EpochRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What came out of a run, as {@code result.json} in its folder; a run that has one is finished.
 *
 * @param seconds of training alone, without evaluations
 * @param kept the pivotal regions of the shown pictures; empty but for the first seed
 */
public record Result(
    String row,
    long seed,
    Settings settings,
    Instant startedAt,
    Instant endedAt,
    double seconds,
    Map<String, String> versions,
    List<EpochRow> epochs,
    History evaluations,
    List<Pivotal> kept) {

  /**
   * The most important patches after an epoch.
   *
   * @param patches of each shown picture, row by row from the upper left, from 0
   */
  public record Pivotal(int epoch, List<List<Integer>> patches) {}
}
