package io.lodisc.model.exchange;

/**
 * What the sender of a file knows better than the file; null leaves it to the file.
 *
 * @param heads of the attention, which no shape tells
 * @param imageSize pixels a side of the pictures to come; positions are fitted to it
 */
public record ImportOptions(Integer heads, Integer imageSize) {

  /** Everything as in the file. */
  public static final ImportOptions NONE = new ImportOptions(null, null);
}
