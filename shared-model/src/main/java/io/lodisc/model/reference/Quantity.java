package io.lodisc.model.reference;

/**
 * One compared quantity.
 *
 * @param error relative L2 error
 * @param limit the largest error that passes
 */
public record Quantity(String name, double error, double limit) {

  /** Not so for NaN. */
  public boolean ok() {
    return error <= limit;
  }
}
