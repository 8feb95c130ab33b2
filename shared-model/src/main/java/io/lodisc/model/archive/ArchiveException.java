package io.lodisc.model.archive;

/** An archive or picture folder that is refused; the message names the entry and the reason. */
public final class ArchiveException extends RuntimeException {

  public enum Reason {
    NOT_AN_ARCHIVE,
    EMPTY,
    TRAVERSAL,
    TOO_LARGE,
    BAD_MANIFEST
  }

  private final Reason reason;

  public ArchiveException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
