package io.lodisc.training.pretrain;

/** Why a run cannot go on, in words for the one who submitted it. */
public final class TrainingException extends RuntimeException {

  private final String hint;

  public TrainingException(String reason, String hint, Throwable cause) {
    super(reason, cause);
    this.hint = hint;
  }

  public String hint() {
    return hint;
  }
}
