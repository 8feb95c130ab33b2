package io.lodisc.training.job;

import io.lodisc.model.engine.Precision;
import io.lodisc.training.TrainingFolders;
import io.lodisc.training.alias.AliasRegistry;
import io.lodisc.training.child.ChildCommand;
import io.lodisc.training.compare.Comparison;
import io.lodisc.training.compare.ComparisonProcess;
import io.lodisc.training.evaluation.EvaluationSettings;
import io.lodisc.training.evaluation.Splits;
import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.Outcome;
import io.lodisc.training.storage.Waiting;
import io.lodisc.web.ApiException;
import io.lodisc.web.JsonErrors;
import io.lodisc.web.Problem;
import jakarta.validation.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code evaluate}: a checkpoint is measured on a data set, perhaps beside another one. */
@Component
class EvaluateType implements JobType {

  static final String NAME = "evaluate";

  private final JobFiles files;
  private final AliasRegistry aliases;
  private final TrainingFolders folders;
  private final JobRecords records;
  private final ChildLimits limits;
  private final Validator validator;
  private final JsonMapper json;

  EvaluateType(
      JobFiles files,
      AliasRegistry aliases,
      TrainingFolders folders,
      JobRecords records,
      ChildLimits limits,
      Validator validator,
      JsonMapper json) {
    this.files = files;
    this.aliases = aliases;
    this.folders = folders;
    this.records = records;
    this.limits = limits;
    this.validator = validator;
    this.json = json;
  }

  /** What may be said in a request. */
  private record Asked(String checkpoint, String against, ObjectNode evaluation, Long seed) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean promotes() {
    return true;
  }

  @Override
  public Plan plan(Dataset dataset, ObjectNode request) {
    Asked asked = read(request, Asked.class);
    if (asked.checkpoint() == null) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "The field 'checkpoint' is missing.",
          "Name a checkpoint or a model; GET /api/v1/checkpoints lists the ones there are.");
    }
    ObjectNode evaluation = json.valueToTree(EvaluationSettings.DEFAULTS);
    if (asked.evaluation() != null) {
      evaluation.setAll(asked.evaluation());
    }
    EvaluateSettings settings =
        new EvaluateSettings(
            aliases.required(asked.checkpoint()).id(),
            asked.against() == null ? null : aliases.required(asked.against()).id(),
            Violations.refused(validator, read(evaluation, EvaluationSettings.class)),
            asked.seed() == null ? 0 : asked.seed());
    return new Plan(null, null, json.writeValueAsString(settings), 1, settings.steps());
  }

  @Override
  public Outcome run(JobOrder order, Attempt attempt) throws IOException, InterruptedException {
    Claim claim = attempt.claim();
    EvaluateSettings settings = json.readValue(order.settings(), EvaluateSettings.class);
    Path folder = Files.createDirectories(folders.run(order.id()).resolve(claim.attempt()));
    try {
      return new ChildRun(attempt, records, limits, order.memoryMebibytes())
          .follow(
              waiting -> {
                Comparison comparison = comparison(order.dataset(), settings, claim, waiting);
                Files.write(folder.resolve("comparison.json"), json.writeValueAsBytes(comparison));
                return ChildCommand.of(
                    System.getProperty("java.class.path"),
                    ComparisonProcess.class.getName(),
                    limits.heap(),
                    folder);
              },
              folder,
              Precision.FP32);
    } finally {
      files.discard(claim);
    }
  }

  private Comparison comparison(
      String dataset, EvaluateSettings settings, Claim claim, Waiting waiting) throws IOException {
    return new Comparison(
        files.checkpoint(settings.checkpoint(), claim, waiting),
        files.checkpoint(settings.against(), claim, waiting),
        Splits.of(files.splits(dataset, waiting)),
        settings.evaluation(),
        settings.seed(),
        0);
  }

  private <T> T read(ObjectNode tree, Class<T> type) {
    try {
      return json.treeToValue(tree, type);
    } catch (JacksonException e) {
      throw JsonErrors.of(e);
    }
  }
}
