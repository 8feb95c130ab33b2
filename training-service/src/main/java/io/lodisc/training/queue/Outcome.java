package io.lodisc.training.queue;

import io.lodisc.training.pretrain.Fault;

/**
 * How an attempt ended.
 *
 * @param end what becomes of the job
 * @param reason in words for its user; null if there is nothing to say
 * @param fault of a failure; null of other ends
 */
public record Outcome(End end, String reason, Fault fault) {

  /** What becomes of a job whose attempt ended. */
  public enum End {
    SUCCEEDED,
    /** Never to be tried again. */
    FAILED,
    /** To be tried again while attempts remain: the machine failed, not the job. */
    BROKEN,
    CANCELLED,
    PAUSED,
    /** Back to the queue at no cost: the worker shuts down. */
    RELEASED,
    /** No longer this worker's to end. */
    LOST
  }

  public static final Outcome SUCCEEDED = new Outcome(End.SUCCEEDED, null, null);
  public static final Outcome CANCELLED = new Outcome(End.CANCELLED, null, null);
  public static final Outcome PAUSED = new Outcome(End.PAUSED, null, null);
  public static final Outcome RELEASED =
      new Outcome(End.RELEASED, "Its worker was shut down.", null);
  public static final Outcome LOST = new Outcome(End.LOST, null, null);

  public static Outcome failed(String reason, Fault fault) {
    return new Outcome(End.FAILED, reason, fault);
  }

  public static Outcome broken(String reason, Fault fault) {
    return new Outcome(End.BROKEN, reason, fault);
  }

  /** The same end with another note. */
  public Outcome noting(String note) {
    return new Outcome(end, note, fault);
  }
}
