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
import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.Outcome;
import io.lodisc.training.reproduce.Pictures;
import io.lodisc.training.reproduce.PlannedRun;
import io.lodisc.training.reproduce.Reproduction;
import io.lodisc.training.reproduce.ReproductionException;
import io.lodisc.training.reproduce.ReproductionOrder;
import io.lodisc.training.reproduce.ReproductionProcess;
import io.lodisc.training.reproduce.Request;
import io.lodisc.training.storage.LocalFiles;
import io.lodisc.training.storage.Waiting;
import io.lodisc.web.ApiException;
import io.lodisc.web.JsonErrors;
import io.lodisc.web.Problem;
import io.lodisc.web.blob.BlobStore;
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
  private final JobFiles files;
  private final AliasRegistry aliases;
  private final TrainingFolders folders;
  private final BlobStore store;
  private final LocalFiles local;
  private final JobRecords records;
  private final ChildLimits limits;
  private final JsonMapper json;

  ReproduceType(
      DatasetRegistry datasets,
      JobFiles files,
      AliasRegistry aliases,
      TrainingFolders folders,
      BlobStore store,
      LocalFiles local,
      JobRecords records,
      ChildLimits limits,
      JsonMapper json) {
    this.datasets = datasets;
    this.files = files;
    this.aliases = aliases;
    this.folders = folders;
    this.store = store;
    this.local = local;
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
      List<PlannedRun> runs =
          Reproduction.plan(
              order.request(null, null, null, null), from == null ? null : from.manifest());
      return new Plan(
          from == null ? null : from.id(),
          null,
          json.writeValueAsString(order),
          runs.size(),
          runs.stream().mapToLong(run -> steps(run, dataset)).sum());
    } catch (ReproductionException e) {
      throw new ApiException(Problem.INVALID_REQUEST, e.getMessage(), e.hint());
    }
  }

  @Override
  public Outcome run(JobOrder order, Attempt attempt) throws IOException, InterruptedException {
    Path report = folders.report(order.id());
    if (!local.areApart()) {
      return run(order, attempt, waiting -> {});
    }
    try (ReportMirror mirror =
        new ReportMirror(store, local, folders.key(report), report, attempt)) {
      return mirror.end(run(order, attempt, mirror::begin), limits.pauseGrace());
    }
  }

  /** Something that is done once the job's log is written. */
  private interface Beginning {
    void begin(Waiting waiting) throws IOException;
  }

  private Outcome run(JobOrder order, Attempt attempt, Beginning beginning)
      throws IOException, InterruptedException {
    Claim claim = attempt.claim();
    Path folder = Files.createDirectories(folders.run(order.id()).resolve(claim.attempt()));
    try {
      return new ChildRun(attempt, records, limits, order.memoryMebibytes())
          .follow(
              waiting -> {
                beginning.begin(waiting);
                Request request = request(order, claim, waiting);
                Files.write(folder.resolve("request.json"), json.writeValueAsBytes(request));
                return ChildCommand.of(
                    System.getProperty("java.class.path"),
                    ReproductionProcess.class.getName(),
                    limits.heap(),
                    folder);
              },
              folder,
              Precision.FP32);
    } finally {
      files.discard(claim);
    }
  }

  private Request request(JobOrder order, Claim claim, Waiting waiting) throws IOException {
    ReproductionOrder asked = json.readValue(order.settings(), ReproductionOrder.class);
    PictureSplits splits = files.splits(order.dataset(), waiting);
    Pictures pictures =
        new Pictures(
            datasets.get(order.dataset()).layout(),
            splits.training().stream().map(Entry::file).map(Path::toAbsolutePath).toList(),
            Splits.of(splits),
            List.of());
    String command =
        json.writeValueAsString(
            ((ObjectNode) json.valueToTree(asked))
                .put("type", name())
                .put("dataset", order.dataset()));
    return asked.request(
        pictures,
        files.checkpoint(order.start(), claim, waiting),
        folders.report(order.id()),
        "POST /api/v1/jobs " + command);
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
