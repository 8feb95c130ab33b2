package io.lodisc.training.job;

import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.PictureSplits;
import io.lodisc.model.engine.Precision;
import io.lodisc.training.TrainingFolders;
import io.lodisc.training.alias.AliasRegistry;
import io.lodisc.training.checkpoint.StoredCheckpoint;
import io.lodisc.training.child.ChildCommand;
import io.lodisc.training.dataset.DatasetRegistry;
import io.lodisc.training.evaluation.Splits;
import io.lodisc.training.queue.Outcome;
import io.lodisc.training.reproduce.Pictures;
import io.lodisc.training.reproduce.PlannedRun;
import io.lodisc.training.reproduce.Reproduction;
import io.lodisc.training.reproduce.ReproductionException;
import io.lodisc.training.reproduce.ReproductionOrder;
import io.lodisc.training.reproduce.ReproductionProcess;
import io.lodisc.training.reproduce.Request;
import io.lodisc.web.ApiException;
import io.lodisc.web.JsonErrors;
import io.lodisc.web.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code reproduce}: the rows of one of the paper's tables, and a report on them. */
@Component
class ReproduceType implements JobType {

  private final DatasetRegistry datasets;
  private final AliasRegistry aliases;
  private final TrainingFolders folders;
  private final JobRecords records;
  private final ChildLimits limits;
  private final JsonMapper json;

  ReproduceType(
      DatasetRegistry datasets,
      AliasRegistry aliases,
      TrainingFolders folders,
      JobRecords records,
      ChildLimits limits,
      JsonMapper json) {
    this.datasets = datasets;
    this.aliases = aliases;
    this.folders = folders;
    this.records = records;
    this.limits = limits;
    this.json = json;
  }

  @Override
  public String name() {
    return "reproduce";
  }

  @Override
  public Plan plan(Dataset dataset, ObjectNode request) {
    String start = RequestFields.text(request, "start");
    StoredCheckpoint from = start == null ? null : aliases.required(start);
    ReproductionOrder order = order(request.without(List.of("start")));
    try {
      Reproduction reproduction =
          new Reproduction(
              request(order, dataset.name(), from, folders.report("new")), event -> {});
      return new Plan(
          from == null ? null : from.id(),
          null,
          json.writeValueAsString(order),
          reproduction.runs().size(),
          reproduction.runs().stream().mapToLong(run -> steps(run, dataset)).sum());
    } catch (ReproductionException e) {
      throw new ApiException(Problem.INVALID_REQUEST, e.getMessage(), e.hint());
    }
  }

  @Override
  public Outcome run(JobOrder order, Attempt attempt) throws IOException, InterruptedException {
    Path folder =
        Files.createDirectories(folders.run(order.id()).resolve(attempt.claim().attempt()));
    StoredCheckpoint from = order.start() == null ? null : aliases.required(order.start());
    Request request =
        request(
            json.readValue(order.settings(), ReproductionOrder.class),
            order.dataset(),
            from,
            folders.report(order.id()));
    Files.write(folder.resolve("request.json"), json.writeValueAsBytes(request));
    List<String> command =
        ChildCommand.of(
            System.getProperty("java.class.path"),
            ReproductionProcess.class.getName(),
            limits.heap(),
            folder);
    return new ChildRun(attempt, records, limits, order.memoryMebibytes())
        .follow(command, folder, Precision.FP32);
  }

  private Request request(ReproductionOrder order, String dataset, StoredCheckpoint from, Path to) {
    PictureSplits splits = datasets.splits(dataset);
    Pictures pictures =
        new Pictures(
            datasets.get(dataset).layout(),
            splits.training().stream().map(Entry::file).map(Path::toAbsolutePath).toList(),
            Splits.of(splits),
            List.of());
    String command =
        json.writeValueAsString(
            ((ObjectNode) json.valueToTree(order)).put("type", name()).put("dataset", dataset));
    return order.request(
        pictures, from == null ? null : from.folder(), to, "POST /api/v1/jobs " + command);
  }

  private ReproductionOrder order(ObjectNode request) {
    try {
      return json.treeToValue(request, ReproductionOrder.class);
    } catch (JacksonException e) {
      throw JsonErrors.of(e);
    }
  }

  private static long steps(PlannedRun run, Dataset dataset) {
    return (long) run.settings().epochs() * (dataset.pictures() / run.settings().batch());
  }
}
