package io.lodisc.training.queue;

/** Where a job is. {@link JobMove} says how it gets elsewhere. */
public enum JobState {
  QUEUED,
  RUNNING,
  PAUSED,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** Whether nothing happens to it any more unless a user says so. */
  public boolean ended() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }
}
