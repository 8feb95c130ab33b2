package io.lodisc.training.job;

import io.lodisc.model.archive.PictureFolder.Entry;
import io.lodisc.model.dataset.PictureSplits;
import io.lodisc.training.TrainingFolders;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.child.Child;
import io.lodisc.training.child.ChildCommand;
import io.lodisc.training.child.ChildEvent;
import io.lodisc.training.dataset.DatasetRegistry;
import io.lodisc.training.evaluation.Splits;
import io.lodisc.training.pretrain.Run;
import io.lodisc.training.pretrain.SettingsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** Writes down what a job is to do and starts its process. */
class JobLauncher {

  private final DatasetRegistry datasets;
  private final CheckpointRegistry checkpoints;
  private final TrainingFolders folders;
  private final JsonMapper json;
  private final String mainClass;
  private final String memory;

  JobLauncher(
      DatasetRegistry datasets,
      CheckpointRegistry checkpoints,
      TrainingFolders folders,
      JsonMapper json,
      String mainClass,
      String memory) {
    this.datasets = datasets;
    this.checkpoints = checkpoints;
    this.folders = folders;
    this.json = json;
    this.mainClass = mainClass;
    this.memory = memory;
  }

  Child launch(Job job, Consumer<ChildEvent> events) throws IOException {
    Path folder = Files.createDirectories(folders.run(job.id()));
    Path written = Files.createDirectories(folders.checkpoints(job.id()));
    PictureSplits splits = datasets.splits(job.dataset());
    Run run =
        new Run(
            job.id(),
            job.dataset(),
            SettingsJson.read(job.settings()),
            files(splits.training()),
            Splits.of(splits),
            job.start() == null ? null : checkpoints.get(job.start()).folder(),
            written,
            folders.pictureCache(job.dataset()));
    Files.write(folder.resolve("run.json"), json.writeValueAsBytes(run));
    List<String> command =
        ChildCommand.of(System.getProperty("java.class.path"), mainClass, memory, folder);
    return Child.start(command, folder, run.settings().precision(), events);
  }

  private static List<Path> files(List<Entry> entries) {
    return entries.stream().map(Entry::file).toList();
  }
}
