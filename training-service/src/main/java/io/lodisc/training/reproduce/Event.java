package io.lodisc.training.reproduce;

import io.lodisc.training.child.Progress;

/**
 * What happened to a run.
 *
 * @param progress how far it is; null but for {@code RUNNING}
 * @param words why it failed; null but for {@code FAILED}
 */
public record Event(PlannedRun run, State state, Progress progress, String words) {

  /** Of a run. */
  public enum State {
    STARTED,
    RUNNING,
    FINISHED,
    FAILED
  }
}
