package io.lodisc.training.storage;

/** Who waited for a file wants it no more. */
public final class StoppedException extends RuntimeException {

  public StoppedException() {
    super("stopped while files were fetched");
  }
}
