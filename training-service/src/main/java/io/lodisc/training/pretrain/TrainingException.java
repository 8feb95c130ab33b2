package io.lodisc.training.pretrain;

/** Why a run cannot go on, in words for the one who submitted it. */
public final class TrainingException extends RuntimeException {

  private final String hint;
  private final boolean passing;

  public TrainingException(String reason, String hint, Throwable cause) {
    this(reason, hint, cause, false);
  }

  private TrainingException(String reason, String hint, Throwable cause, boolean passing) {
    super(reason, cause);
    this.hint = hint;
    this.passing = passing;
  }

  /** One that is the machine's fault, not the run's: trying again later may help. */
  static TrainingException passing(String reason, String hint, Throwable cause) {
    return new TrainingException(reason, hint, cause, true);
  }

  public boolean isPassing() {
    return passing;
  }

  public String hint() {
    return hint;
  }
}
