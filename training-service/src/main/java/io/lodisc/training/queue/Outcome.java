package io.lodisc.training.queue;

/**
 * How an attempt ended.
 *
 * @param end what becomes of the job
 * @param reason in words for its user; null if there is nothing to say
 */
public record Outcome(End end, String reason) {

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

  public static final Outcome SUCCEEDED = new Outcome(End.SUCCEEDED, null);
  public static final Outcome CANCELLED = new Outcome(End.CANCELLED, null);
  public static final Outcome PAUSED = new Outcome(End.PAUSED, null);
  public static final Outcome RELEASED = new Outcome(End.RELEASED, "Its worker was shut down.");
  public static final Outcome LOST = new Outcome(End.LOST, null);

  public static Outcome failed(String reason) {
    return new Outcome(End.FAILED, reason);
  }

  public static Outcome broken(String reason) {
    return new Outcome(End.BROKEN, reason);
  }
}
