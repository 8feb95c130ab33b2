package io.lodisc.training.pictures;

/** A picture that has vanished or cannot be decoded; the message names the file and says why. */
public final class UnreadablePictureException extends RuntimeException {

  UnreadablePictureException(String message, Throwable cause) {
    super(message, cause);
  }
}
