package io.lodisc.web;

/** An error for the caller: what is wrong, and what to do about it. */
public final class ApiException extends RuntimeException {

  private final Problem problem;
  private final String hint;

  /**
   * @param detail what is wrong with this request
   * @param hint what the caller can do
   */
  public ApiException(Problem problem, String detail, String hint) {
    super(detail);
    this.problem = problem;
    this.hint = hint;
  }

  public Problem problem() {
    return problem;
  }

  public String hint() {
    return hint;
  }
}
