package io.lodisc.model.dataset;

import io.lodisc.model.archive.MissingFile;
import java.util.List;
import java.util.Map;

/**
 * What was found when every file of a data set was read.
 *
 * @param layout the one that was named or recognised
 * @param pictures files that are there, by split, the unreadable among them; those without a split
 *     under {@code none}
 * @param classes different labels
 * @param counts the published numbers beside those found; empty for a set of one's own
 * @param unreadable left out of training and evaluation
 * @param missing listed, and not there
 * @param duplicates pictures of the same bytes, those across splits first
 * @param duplicatesAcrossSplits how many of them are in train and in another split
 * @param labelsInOneSplit classes that cannot be both learned and tested
 * @param warnings what to look at, in sentences
 */
public record DatasetReport(
    String layout,
    Map<String, Integer> pictures,
    int classes,
    List<Count> counts,
    Excerpt<Unreadable> unreadable,
    Excerpt<MissingFile> missing,
    Excerpt<Duplicate> duplicates,
    int duplicatesAcrossSplits,
    Excerpt<LonelyLabel> labelsInOneSplit,
    List<String> warnings) {

  /**
   * @param reason in words
   */
  public record Unreadable(String path, String reason) {}

  /**
   * Files of the same bytes.
   *
   * @param acrossSplits one is in train and another in another split
   */
  public record Duplicate(boolean acrossSplits, Excerpt<String> paths) {}

  public record LonelyLabel(String label, String split) {}
}
