package io.lodisc.model.dataset;

import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.DatasetException.Reason;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What a data set is used for, each part sorted as its entries are.
 *
 * @param training the pictures to pretrain on, labelled or not: never empty
 * @param labelledTrain the labelled ones of split {@code train}, whatever is trained on
 * @param labelledTest the labelled ones of split {@code test}, else of {@code val}
 */
public record PictureSplits(
    List<Entry> training, List<Entry> labelledTrain, List<Entry> labelledTest) {

  /**
   * Parts the pictures of a whole data set.
   *
   * @param split the one to train on; null for {@code train} where there is one, else for all
   * @throws DatasetException BAD_REQUEST where no picture is of the split
   */
  public static PictureSplits of(List<Entry> entries, String split) {
    List<Entry> test = labelled(entries, "test");
    return new PictureSplits(
        training(entries, split),
        labelled(entries, "train"),
        test.isEmpty() ? labelled(entries, "val") : test);
  }

  private static List<Entry> training(List<Entry> entries, String split) {
    List<Entry> chosen = ofSplit(entries, split == null ? "train" : split);
    if (!chosen.isEmpty()) {
      return chosen;
    }
    if (split != null) {
      throw noSuchSplit(entries, split);
    }
    return entries;
  }

  private static List<Entry> labelled(List<Entry> entries, String split) {
    return ofSplit(entries, split).stream().filter(e -> e.label() != null).toList();
  }

  private static List<Entry> ofSplit(List<Entry> entries, String split) {
    return entries.stream().filter(e -> split.equals(e.split())).toList();
  }

  private static DatasetException noSuchSplit(List<Entry> entries, String split) {
    TreeSet<String> known = new TreeSet<>();
    entries.stream().map(Entry::split).filter(Objects::nonNull).forEach(known::add);
    return new DatasetException(
        Reason.BAD_REQUEST,
        "No picture belongs to the split '%s'.".formatted(split),
        known.isEmpty()
            ? "Leave split out, or add a split column to manifest.csv."
            : "The splits there are: " + String.join(", ", known) + ".",
        null);
  }
}
