package io.lodisc.training.pretrain;

import java.nio.file.Path;

/** Follows a run. */
public interface RunListener {

  /**
   * Where a run is.
   *
   * @param epoch the one under way, from 1; 0 before the first
   * @param step optimiser steps done, over all epochs
   * @param loss mean of this epoch so far
   * @param imagesPerSecond over the last few steps
   * @param secondsLeft at that speed
   */
  record Progress(
      int epoch,
      int epochs,
      long step,
      long steps,
      double loss,
      double imagesPerSecond,
      long secondsLeft) {}

  void progress(Progress progress);

  /** At the end of each epoch. */
  void epoch(TrainingLog.EpochRow row);

  void checkpoint(Path folder, int epoch, long step, Double loss);

  /** Asked after every step; true ends the run there. */
  boolean cancelled();
}
