package io.lodisc.model.dataset;

/** A data set that is refused: why, and what its user can do. */
public final class DatasetException extends RuntimeException {

  public enum Reason {
    /** It was asked for in a way that cannot be: an unknown layout or split. */
    BAD_REQUEST,
    /** The folder is not laid out as was said, or in more ways than one. */
    WRONG_LAYOUT,
    /** A split file, label file or .mat file contradicts itself or cannot be read. */
    BAD_ANNOTATIONS,
    /** It does not have as many pictures or classes as the set that was published. */
    WRONG_COUNTS
  }

  private final Reason reason;
  private final String hint;

  public DatasetException(Reason reason, String message, String hint, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.hint = hint;
  }

  /**
   * @param where such as {@code images.txt, line 3}
   */
  static DatasetException annotations(String where, String what, Throwable cause) {
    return new DatasetException(
        Reason.BAD_ANNOTATIONS,
        where + ": " + what,
        "Unpack the data set again as it is distributed.",
        cause);
  }

  public Reason reason() {
    return reason;
  }

  public String hint() {
    return hint;
  }
}
