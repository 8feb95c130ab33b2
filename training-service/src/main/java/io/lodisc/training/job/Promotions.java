package io.lodisc.training.job;

import io.lodisc.training.alias.AliasRegistry;
import io.lodisc.training.alias.ModelAlias;
import io.lodisc.training.evaluation.Evaluation;
import io.lodisc.training.evaluation.EvaluationSettings;
import io.lodisc.training.queue.WakeUp;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What follows from a job that succeeded: a trained checkpoint that is to be promoted is evaluated
 * by a job of its own, and promoted by that one if its gate holds.
 */
@Component
class Promotions {

  private final JobRepository repository;
  private final AliasRegistry aliases;
  private final WakeUp wakeUp;
  private final JsonMapper json;

  Promotions(JobRepository repository, AliasRegistry aliases, WakeUp wakeUp, JsonMapper json) {
    this.repository = repository;
    this.aliases = aliases;
    this.wakeUp = wakeUp;
    this.json = json;
  }

  /**
   * Called in the transaction that ends the job.
   *
   * @return what was done, in words; null if there was nothing to do
   */
  String after(Job job) {
    if (job.promote() == null) {
      return null;
    }
    Promotion promotion = json.readValue(job.promote(), Promotion.class);
    return job.type().equals(EvaluateType.NAME)
        ? decide(job, promotion)
        : chained(job, job.checkpoint(), promotion, settings(job));
  }

  private EvaluationSettings settings(Job trained) {
    JsonNode settings = json.readTree(trained.settings()).path("evaluation");
    return json.treeToValue(settings, EvaluationSettings.class);
  }

  private String chained(
      Job after, String checkpoint, Promotion promotion, EvaluationSettings settings) {
    String against = promotion.isRelative() ? current(promotion) : null;
    EvaluateSettings evaluate = new EvaluateSettings(checkpoint, against, settings, 0);
    Job next =
        repository.saveAndFlush(
            new Job(
                JobSubmission.newId(),
                new Submission(
                    EvaluateType.NAME,
                    after.dataset(),
                    after.owner(),
                    after.priority(),
                    Needs.NOTHING,
                    3,
                    after.promote(),
                    null,
                    null,
                    after.traceparent(),
                    new JobType.Plan(
                        null, null, json.writeValueAsString(evaluate), 1, evaluate.steps()))));
    wakeUp.call();
    return "Job %s decides on %s.".formatted(next.id(), promotion.alias());
  }

  private String decide(Job job, Promotion promotion) {
    EvaluateSettings evaluated = json.readValue(job.settings(), EvaluateSettings.class);
    JsonNode found = json.readTree(job.evaluation());
    Map<String, Double> scores = scores(found.path("last"));
    if (scores.isEmpty()) {
      return "Not promoted: data set %s has no labelled test pictures to measure on."
          .formatted(job.dataset());
    }
    Double reached = scores.get(promotion.metric());
    if (reached == null) {
      return "Not promoted: there is no %s; there are %s."
          .formatted(promotion.metric(), String.join(", ", scores.keySet()));
    }
    aliases.lock(promotion.alias());
    if (promotion.isRelative() && !isCurrent(evaluated.against(), promotion)) {
      return "%s has moved on meanwhile. ".formatted(promotion.alias())
          + chained(job, evaluated.checkpoint(), promotion, evaluated.evaluation());
    }
    Double asked = promotion.atLeast();
    if (promotion.isRelative()) {
      asked = scores(found.path("against")).get(promotion.metric());
    }
    if (asked != null && reached < asked) {
      return words("Not promoted", promotion, reached, "below", asked);
    }
    String done = words("Promoted", promotion, reached, "not below", asked);
    aliases.promote(
        promotion.alias(),
        evaluated.checkpoint(),
        job.owner(),
        "job %s: %s".formatted(job.id(), done));
    return done;
  }

  private boolean isCurrent(String compared, Promotion promotion) {
    String current = current(promotion);
    return current == null ? compared == null : current.equals(compared);
  }

  private String current(Promotion promotion) {
    Optional<ModelAlias> alias = aliases.find(promotion.alias());
    return alias.map(ModelAlias::checkpoint).orElse(null);
  }

  private Map<String, Double> scores(JsonNode evaluation) {
    if (!(evaluation instanceof ObjectNode tree)) {
      return Map.of();
    }
    return json.treeToValue(tree.deepCopy().without("epoch"), Evaluation.class).scores();
  }

  private static String words(
      String done, Promotion promotion, double reached, String relation, Double asked) {
    return String.format(
        Locale.ROOT,
        "%s to %s: %s is %.4f%s.",
        done,
        promotion.alias(),
        promotion.metric(),
        reached,
        asked == null
            ? ", and there was none before"
            : String.format(Locale.ROOT, ", %s %.4f", relation, asked));
  }
}
