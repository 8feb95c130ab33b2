package io.lodisc.training.queue;

/** What a worker learns when it renews its lease. */
public enum Answer {
  GO_ON,
  /** Write a checkpoint and end; the job goes on later. */
  PAUSE,
  /** End; the job does not go on. */
  CANCEL,
  /** The job is another's: stop at once, publish nothing. */
  LOST
}
