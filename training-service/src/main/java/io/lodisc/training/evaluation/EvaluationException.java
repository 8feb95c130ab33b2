package io.lodisc.training.evaluation;

/** Why an evaluation cannot go on, in words for the one who asked for it. */
public final class EvaluationException extends RuntimeException {

  private final String hint;

  public EvaluationException(String reason, String hint, Throwable cause) {
    super(reason, cause);
    this.hint = hint;
  }

  public String hint() {
    return hint;
  }
}
