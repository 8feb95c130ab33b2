package io.lodisc.training.evaluation;

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
