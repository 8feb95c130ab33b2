package io.lodisc.standalone;

/** What the user of the command line did or has that keeps it from going on, and what to do. */
public final class UserException extends RuntimeException {

  public UserException(String message) {
    super(message);
  }
}
