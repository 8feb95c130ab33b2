package io.lodisc.training.evaluation;

import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.PictureSplits;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The pictures of an evaluation.
 *
 * @param train what classifiers learn from; without a test split, what is measured
 * @param test what is measured; may be empty
 */
public record Splits(List<Labelled> train, List<Labelled> test) {

  /**
   * Checks that no id comes twice in a split.
   *
   * @throws EvaluationException if one does
   */
  public Splits {
    train = List.copyOf(train);
    test = List.copyOf(test);
    requireOwnIds(train, "training");
    requireOwnIds(test, "test");
  }

  /**
   * Of a data set. Without labels to learn from, the pictures trained on stand for the encoder's
   * features.
   */
  public static Splits of(PictureSplits pictures) {
    List<Entry> train =
        pictures.labelledTrain().isEmpty() ? pictures.training() : pictures.labelledTrain();
    return new Splits(labelled(train), labelled(pictures.labelledTest()));
  }

  private static List<Labelled> labelled(List<Entry> entries) {
    return entries.stream().map(e -> new Labelled(e.file(), e.label(), e.id())).toList();
  }

  private static void requireOwnIds(List<Labelled> pictures, String split) {
    Set<String> ids = new HashSet<>();
    for (Labelled picture : pictures) {
      if (!ids.add(picture.id())) {
        throw new EvaluationException(
            "The %s split has the id '%s' twice.".formatted(split, picture.id()),
            "Give every picture of a split a path or an id of its own.",
            null);
      }
    }
  }
}
