package io.lodisc.training.support;

import io.lodisc.training.evaluation.History;
import io.lodisc.training.pretrain.RunListener;
import io.lodisc.training.pretrain.TrainingLog.EpochRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a run tells, and cancels it after some steps. */
public final class Recorder implements RunListener {

  private final List<Progress> progress = new ArrayList<>();
  private final List<EpochRow> epochs = new ArrayList<>();
  private final List<Path> checkpoints = new ArrayList<>();
  private final List<Integer> evaluated = new ArrayList<>();
  private final int steps;
  private History history = History.EMPTY;

  public Recorder() {
    this(Integer.MAX_VALUE);
  }

  /**
   * @param steps after which it is cancelled
   */
  public Recorder(int steps) {
    this.steps = steps;
  }

  public List<Progress> progress() {
    return progress;
  }

  public List<EpochRow> epochs() {
    return epochs;
  }

  public List<Path> checkpoints() {
    return checkpoints;
  }

  /** The epochs after which it was evaluated. */
  public List<Integer> evaluated() {
    return evaluated;
  }

  public History history() {
    return history;
  }

  @Override
  public void progress(Progress now) {
    progress.add(now);
  }

  @Override
  public void epoch(EpochRow row) {
    epochs.add(row);
  }

  @Override
  public void evaluated(int epoch, History evaluations) {
    evaluated.add(epoch);
    history = evaluations;
  }

  @Override
  public void checkpoint(Path written, int epoch, long step, Double loss, Double seconds) {
    checkpoints.add(written);
  }

  @Override
  public Request asked() {
    return progress.size() >= steps ? Request.CANCEL : Request.GO_ON;
  }
}
