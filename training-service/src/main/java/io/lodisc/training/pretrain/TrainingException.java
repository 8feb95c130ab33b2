package io.lodisc.training.pretrain;

/** Why a run cannot go on, in words for the one who submitted it. */
public final class TrainingException extends RuntimeException {

  private final String hint;
  private final boolean passing;
  private final Fault fault;

  public TrainingException(String reason, String hint, Throwable cause) {
    this(reason, hint, cause, false, Fault.OTHER);
  }

  private TrainingException(
      String reason, String hint, Throwable cause, boolean passing, Fault fault) {
    super(reason, cause);
    this.hint = hint;
    this.passing = passing;
    this.fault = fault;
  }

  /** The disk failed, not the run: trying again later may help. */
  static TrainingException ofDisk(String reason, String hint, Throwable cause) {
    return new TrainingException(reason, hint, cause, true, Fault.DISK);
  }

  /** What is learnt is no number any more. */
  static TrainingException diverged(String reason) {
    return new TrainingException(
        reason,
        "Lower learningRate or raise warmupEpochs; the last checkpoint is still good.",
        null,
        false,
        Fault.DIVERGED);
  }

  public Fault fault() {
    return fault;
  }

  public boolean isPassing() {
    return passing;
  }

  public String hint() {
    return hint;
  }
}
