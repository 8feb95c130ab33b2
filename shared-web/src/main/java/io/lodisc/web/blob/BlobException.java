package io.lodisc.web.blob;

/** The store of blobs did not do what it was asked. */
public final class BlobException extends RuntimeException {

  private final boolean passing;

  /**
   * @param passing whether trying again may help
   */
  public BlobException(String message, boolean passing, Throwable cause) {
    super(message, cause);
    this.passing = passing;
  }

  /** Whether trying again may help: the store is away or busy, and refused nothing. */
  public boolean isPassing() {
    return passing;
  }
}
