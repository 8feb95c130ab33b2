package io.lodisc.training.job;

import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.PictureSplits;
import io.lodisc.training.TrainingFolders;
import io.lodisc.training.alias.AliasRegistry;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.checkpoint.StoredCheckpoint;
import io.lodisc.training.child.ChildCommand;
import io.lodisc.training.evaluation.Splits;
import io.lodisc.training.pretrain.Run;
import io.lodisc.training.pretrain.Settings;
import io.lodisc.training.pretrain.SettingsJson;
import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.Outcome;
import io.lodisc.training.storage.Waiting;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code pretrain}: an encoder is trained on a data set. */
class PretrainType implements JobType {

  private final JobFiles files;
  private final CheckpointRegistry checkpoints;
  private final AliasRegistry aliases;
  private final SettingsBinder binder;
  private final TrainingFolders folders;
  private final JobRecords records;
  private final ChildLimits limits;
  private final String mainClass;
  private final JsonMapper json;

  PretrainType(
      JobFiles files,
      CheckpointRegistry checkpoints,
      AliasRegistry aliases,
      SettingsBinder binder,
      TrainingFolders folders,
      JobRecords records,
      ChildLimits limits,
      ChildMain main,
      JsonMapper json) {
    this.files = files;
    this.checkpoints = checkpoints;
    this.aliases = aliases;
    this.binder = binder;
    this.folders = folders;
    this.records = records;
    this.limits = limits;
    this.mainClass = main.className();
    this.json = json;
  }

  @Override
  public String name() {
    return "pretrain";
  }

  @Override
  public boolean promotes() {
    return true;
  }

  @Override
  public Plan plan(Dataset dataset, ObjectNode request) {
    String resumed = RequestFields.text(request, "resume");
    if (resumed != null) {
      return goingOn(checkpoints.get(resumed), dataset, request.without(List.of("resume")));
    }
    String named = RequestFields.text(request, "start");
    StoredCheckpoint start = named == null ? null : aliases.required(named);
    Settings settings =
        binder.bind(request.without(List.of("start")), start == null ? null : start.manifest());
    return plan(dataset, start == null ? null : start.id(), null, settings);
  }

  /** A new run from where another one was at a checkpoint. */
  private Plan goingOn(StoredCheckpoint parent, Dataset dataset, ObjectNode changes) {
    if (!dataset.name().equals(parent.manifest().dataset())) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "The checkpoint '%s' is of a run on '%s', not on '%s'."
              .formatted(parent.id(), parent.manifest().dataset(), dataset.name()),
          "Name that data set, or use 'start' to train on another from its weights.");
    }
    return plan(dataset, null, parent.id(), binder.changed(parent.manifest(), changes));
  }

  private Plan plan(Dataset dataset, String start, String parent, Settings settings) {
    refuseTooFew(dataset, settings);
    return new Plan(
        start,
        parent,
        json.writeValueAsString(settings),
        settings.epochs(),
        (long) settings.epochs() * (dataset.pictures() / settings.batch()));
  }

  @Override
  public Outcome run(JobOrder order, Attempt attempt) throws IOException, InterruptedException {
    Claim claim = attempt.claim();
    Path folder = Files.createDirectories(folders.run(order.id()).resolve(claim.attempt()));
    Settings settings = SettingsJson.read(order.settings());
    try {
      return new ChildRun(attempt, records, limits, order.memoryMebibytes())
          .follow(
              waiting -> {
                Run run = run(order, claim, settings, waiting);
                Files.write(folder.resolve("run.json"), json.writeValueAsBytes(run));
                return ChildCommand.of(
                    System.getProperty("java.class.path"), mainClass, limits.heap(), folder);
              },
              folder,
              settings.precision());
    } finally {
      files.discard(claim);
    }
  }

  private Run run(JobOrder order, Claim claim, Settings settings, Waiting waiting)
      throws IOException {
    Path written = folders.checkpoints(order.id());
    PictureSplits splits = files.splits(order.dataset(), waiting);
    files.resume(order, waiting);
    return new Run(
        order.id(),
        order.dataset(),
        settings,
        files(splits.training()),
        Splits.of(splits),
        files.checkpoint(order.start(), claim, waiting),
        Files.createDirectories(written.resolve(claim.attempt())),
        folders.pictureCache(order.dataset()),
        List.of(written),
        files.checkpoint(order.parent(), claim, waiting));
  }

  private static List<Path> files(List<Entry> entries) {
    return entries.stream().map(Entry::file).toList();
  }

  private static void refuseTooFew(Dataset dataset, Settings settings) {
    if (settings.epochs() > 0 && dataset.pictures() < settings.batch()) {
      throw new ApiException(
          Problem.TOO_FEW_PICTURES,
          "The data set '%s' has %d pictures, fewer than one batch of %d."
              .formatted(dataset.name(), dataset.pictures(), settings.batch()),
          "Choose a smaller batch, or register more pictures.");
    }
  }
}
