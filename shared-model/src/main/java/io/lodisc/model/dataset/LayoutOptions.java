package io.lodisc.model.dataset;

/**
 * How a split is drawn where a set comes without one.
 *
 * @param testShare of each class, above 0 and below 1
 */
public record LayoutOptions(long seed, double testShare) {

  /** The share of the LoDisc paper's Caltech-101: 2,323 of 9,145. */
  public static final LayoutOptions DEFAULT = new LayoutOptions(0, 2323 / 9145.0);

  public LayoutOptions {
    if (!(testShare > 0 && testShare < 1)) {
      throw new IllegalArgumentException("testShare must be above 0 and below 1: " + testShare);
    }
  }
}
