package io.lodisc.standalone.command;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.dataset.Layouts;
import io.lodisc.model.json.JsonWords;
import io.lodisc.standalone.UserException;
import io.lodisc.standalone.console.ProgressBar;
import io.lodisc.training.evaluation.History;
import io.lodisc.training.pretrain.Pretraining;
import io.lodisc.training.pretrain.Run;
import io.lodisc.training.pretrain.RunListener;
import io.lodisc.training.pretrain.Settings;
import io.lodisc.training.pretrain.SettingsJson;
import io.lodisc.training.pretrain.TrainingException;
import io.lodisc.training.pretrain.TrainingLog.EpochRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;

/** {@code lodisc pretrain FOLDER}: a run without a server, and its weights as start weights. */
@Command(
    name = "pretrain",
    description = "Pretrains on a folder without a server and writes weights to start from.",
    mixinStandardHelpOptions = true)
public final class PretrainCommand implements Callable<Integer>, RunListener {

  @Parameters(paramLabel = "FOLDER", description = "Pictures, in one of the layouts.")
  private Path folder;

  @Option(
      names = "--layout",
      paramLabel = "NAME",
      description = "One of ${COMPLETION-CANDIDATES}; auto recognises it.",
      completionCandidates = LayoutNames.class,
      defaultValue = Layouts.AUTO)
  private String layout;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Only this split; default: train where there is one, else all.")
  private String split;

  @Option(names = "--partial", description = "Take a published set although it is not whole.")
  private boolean partial;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      required = true,
      description = "Hyper-parameters as JSON; what it leaves out is the profile's.")
  private Path settings;

  @Option(names = "--start", paramLabel = "DIR", description = "Checkpoint to start from.")
  private Path start;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "New folder for encoder, projector and predictor.")
  private Path to;

  private final ProgressBar bar = ProgressBar.onConsole();
  private Path last;

  static final class LayoutNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return Layouts.names().iterator();
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (Files.exists(to)) {
      throw new UserException(to + " exists already; name a new folder.");
    }
    Path work = to.resolveSibling(to.getFileName() + ".run").toAbsolutePath();
    Run run =
        new Run(
            "pretrain",
            folder.getFileName().toString(),
            readSettings(),
            PictureReading.read(layout, folder, split, partial).training(),
            null,
            start,
            Files.createDirectories(work),
            work.resolve("pictures"));
    try {
      new Pretraining(run, this).train();
    } catch (TrainingException e) {
      throw new UserException(e.getMessage() + " " + e.hint());
    }
    bar.end();
    export(last, to);
    System.out.println("Weights of the last step: " + to + "; all checkpoints: " + work);
    return 0;
  }

  /** What a run can start from, without momentum encoder and moments. */
  private static void export(Path checkpoint, Path to) throws IOException {
    Manifest manifest = Checkpoints.verify(checkpoint);
    Map<String, Map<String, Tensor>> files = new LinkedHashMap<>();
    for (String name : manifest.files().keySet()) {
      if (!name.contains("momentum") && !name.contains("optimizer")) {
        files.put(name, Checkpoints.read(checkpoint, name));
      }
    }
    Checkpoints.write(to, manifest, files);
  }

  private Settings readSettings() {
    try {
      return SettingsJson.read(SettingsFile.read(settings));
    } catch (JacksonException e) {
      throw new UserException(settings + ": " + JsonWords.of(e));
    } catch (IllegalArgumentException e) {
      throw new UserException(settings + ": " + e.getMessage());
    }
  }

  @Override
  public void progress(Progress p) {
    bar.show(
        "epoch %d/%d".formatted(p.epoch(), p.epochs()),
        p.step(),
        p.steps(),
        p.loss(),
        p.imagesPerSecond(),
        p.secondsLeft());
  }

  @Override
  public void epoch(EpochRow row) {
    // the bar has shown it
  }

  @Override
  public void evaluated(int epoch, History evaluations) {
    // nothing is evaluated here
  }

  @Override
  public void checkpoint(Path written, int epoch, long step, Double loss, Double seconds) {
    last = written;
  }
}
