package io.lodisc.training.pretrain;

/** What kind of failure ended an attempt, as operators count them. */
public enum Fault {
  /** The loss or a weight is not a number any more. */
  DIVERGED,
  /** It needed more memory than there is, or than it may use. */
  MEMORY,
  /** The disk has no room. */
  DISK,
  /** The engine or the JVM crashed, or somebody killed it. */
  CRASHED,
  /** Its worker was not heard of. */
  WORKER_LOST,
  OTHER
}
