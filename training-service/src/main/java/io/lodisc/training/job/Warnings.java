package io.lodisc.training.job;

import io.lodisc.training.evaluation.Evaluation;
import io.lodisc.training.evaluation.Measures;
import java.util.ArrayList;
import java.util.List;

/** What a job's owner should look at, in sentences. */
final class Warnings {

  private Warnings() {}

  /**
   * @param skipped pictures that were replaced by others
   * @param epoch of the last evaluation
   * @param last evaluation of trained weights; null if there is none
   */
  static List<String> of(int skipped, int epoch, Evaluation last) {
    List<String> warnings = new ArrayList<>();
    if (skipped > 0) {
      warnings.add(
          "%d %s could not be read and others took their place."
              .formatted(skipped, skipped == 1 ? "picture" : "pictures"));
    }
    if (last != null) {
      addCollapse(warnings, epoch, "class token has", last.classToken());
      addCollapse(warnings, epoch, "predictor's output has", last.predicted());
    }
    return List.copyOf(warnings);
  }

  private static void addCollapse(
      List<String> warnings, int epoch, String what, Measures measures) {
    if (measures != null && measures.collapse() != null && measures.collapse().collapsed()) {
      warnings.add(
          "The %s collapsed at epoch %d. %s"
              .formatted(what, epoch, String.join(" ", measures.collapse().reasons())));
    }
  }
}
