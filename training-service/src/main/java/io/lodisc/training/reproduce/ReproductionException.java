package io.lodisc.training.reproduce;

/** Why a table cannot be reproduced, in words for the one who asked. */
public final class ReproductionException extends RuntimeException {

  private final String hint;

  public ReproductionException(String reason, String hint) {
    super(reason);
    this.hint = hint;
  }

  public String hint() {
    return hint;
  }
}
