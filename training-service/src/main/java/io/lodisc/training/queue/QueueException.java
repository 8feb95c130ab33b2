package io.lodisc.training.queue;

/** The database could not be asked; trying again may help. */
public final class QueueException extends RuntimeException {

  QueueException(Throwable cause) {
    super("The job queue cannot be reached: " + cause.getMessage(), cause);
  }
}
