package io.lodisc.training.housekeeping;

import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.evaluation.Evaluation;
import io.lodisc.training.housekeeping.CheckpointRows.Stored;
import io.lodisc.training.housekeeping.HousekeepingProperties.Kept;
import io.lodisc.training.pretrain.TrainingLog;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Which of a job's checkpoints may go. */
@Component
class RetentionPolicy {

  private final Kept kept;
  private final JsonMapper json;

  RetentionPolicy(HousekeepingProperties properties, JsonMapper json) {
    this.kept = properties.retention();
    this.json = json;
  }

  /** So many of a job's checkpoints are there without one of them being too many. */
  int last() {
    return kept.last();
  }

  /** In words. */
  String why() {
    return "Kept are the last %d%s, and what is in use."
        .formatted(kept.last(), kept.best() ? ", the best by " + kept.metric() : "");
  }

  /**
   * Those that go.
   *
   * @param all the newest first
   * @param used the ids of those that something uses
   */
  List<Stored> superfluous(List<Stored> all, Set<String> used) {
    List<Stored> candidates =
        all.stream().skip(kept.last()).filter(one -> !used.contains(one.id())).toList();
    if (candidates.isEmpty() || !kept.best()) {
      return candidates;
    }
    Stored best = best(all);
    return candidates.stream().filter(one -> one != best).toList();
  }

  /** The first of the highest value; null if none was evaluated. */
  private Stored best(List<Stored> all) {
    Stored best = null;
    double highest = Double.NEGATIVE_INFINITY;
    for (Stored one : all.reversed()) {
      Double value = value(one);
      if (value != null && value > highest) {
        best = one;
        highest = value;
      }
    }
    return best;
  }

  /** What the evaluation found that was made just before the checkpoint; null if none was. */
  private Double value(Stored one) {
    Manifest manifest = json.readValue(one.manifest(), Manifest.class);
    Evaluation evaluation =
        TrainingLog.of(manifest.training()).evaluations().evaluations().get(manifest.epoch());
    return evaluation == null ? null : evaluation.scores().get(kept.metric());
  }
}
