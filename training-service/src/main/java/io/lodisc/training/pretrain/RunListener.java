package io.lodisc.training.pretrain;

import io.lodisc.training.evaluation.History;
import java.nio.file.Path;

/** Follows a run. */
public interface RunListener {

  /**
   * Where a run is.
   *
   * @param epoch the one under way, from 1; 0 before the first
   * @param step optimiser steps done, over all epochs
   * @param loss mean of this epoch so far
   * @param imagesPerSecond over the last few steps, without what lies between them
   * @param secondsLeft of training at that speed; evaluations and checkpoints come on top
   * @param dataWait share of this epoch's steps' time spent waiting for views
   * @param skipped pictures that could not be read and were replaced by others, over all attempts
   *     at the run
   */
  record Progress(
      int epoch,
      int epochs,
      long step,
      long steps,
      double loss,
      double imagesPerSecond,
      long secondsLeft,
      double dataWait,
      int skipped) {}

  void progress(Progress progress);

  /** After every step. */
  default void metrics(StepMetrics metrics) {}

  /** At the end of each epoch. */
  void epoch(TrainingLog.EpochRow row);

  /** After each evaluation; epoch 0 is the start weights. */
  void evaluated(int epoch, History evaluations);

  /**
   * A checkpoint was written.
   *
   * @param loss mean of the epoch; null before the first step
   * @param seconds it took; null if an earlier process wrote it
   */
  void checkpoint(Path folder, int epoch, long step, Double loss, Double seconds);

  /** What a run is to do now. */
  enum Request {
    GO_ON,
    /** Write a checkpoint after this step and end. */
    PAUSE,
    /** End after this step. */
    CANCEL
  }

  /** Asked after every step. */
  default Request asked() {
    return Request.GO_ON;
  }
}
