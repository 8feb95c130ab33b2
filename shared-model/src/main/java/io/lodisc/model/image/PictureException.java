package io.lodisc.model.image;

/** Bytes that are no acceptable picture; the message says why in words for the uploader. */
public final class PictureException extends RuntimeException {

  public enum Reason {
    NOT_A_PICTURE,
    TRUNCATED,
    TOO_LARGE
  }

  private final Reason reason;

  public PictureException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
