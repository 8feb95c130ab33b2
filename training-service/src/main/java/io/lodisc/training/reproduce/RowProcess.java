package io.lodisc.training.reproduce;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.child.Child;
import io.lodisc.training.child.ChildCommand;
import io.lodisc.training.child.ChildEvent;
import io.lodisc.training.child.ExitWords;
import io.lodisc.training.child.Progress;
import io.lodisc.training.evaluation.Labelled;
import io.lodisc.training.pretrain.PretrainingProcess;
import io.lodisc.training.pretrain.Run;
import io.lodisc.training.pretrain.Settings;
import io.lodisc.training.pretrain.TrainingLog;
import io.lodisc.training.reproduce.Result.Pivotal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Takes a run to its end in a process of its own, and writes its result. */
final class RowProcess {

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Request request;
  private final PlannedRun planned;
  private final Consumer<Event> events;
  private final RunFolder folder;
  private final AtomicReference<ChildEvent.Last> last = new AtomicReference<>();

  RowProcess(Request request, PlannedRun planned, Consumer<Event> events) {
    this.request = request;
    this.planned = planned;
    this.events = events;
    this.folder = RunFolder.of(request.to(), planned);
  }

  /**
   * @return why it failed; null if it did not
   */
  String run() throws IOException, InterruptedException {
    events.accept(new Event(planned, Event.State.STARTED, null, null));
    Run begun = folder.begun();
    // What it reads may lie elsewhere by now, on another machine.
    Run run = run(begun == null ? planned.settings() : begun.settings());
    folder.begin(run);
    List<String> command =
        ChildCommand.of(
            System.getProperty("java.class.path"),
            PretrainingProcess.class.getName(),
            memory(),
            folder.path());
    Child child = Child.start(command, folder.path(), run.settings().precision(), this::hear);
    try {
      while (!child.endsWithin(LOOK)) {
        // it is still at work
      }
    } catch (InterruptedException e) {
      end(child);
      throw e;
    }
    if (last.get() instanceof ChildEvent.Failed failed) {
      return failed.reason() + " " + failed.hint();
    }
    if (!(last.get() instanceof ChildEvent.Done)) {
      return ExitWords.of(child.exit());
    }
    folder.finish(result(run.settings()));
    return null;
  }

  /** Lets the run write a checkpoint first, if it does so in time. */
  private static void end(Child child) {
    child.ask("pause");
    try {
      child.endsWithin(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    child.kill();
  }

  private Run run(Settings settings) {
    return new Run(
        planned.name(),
        request.pictures().layout(),
        settings,
        request.pictures().training(),
        request.pictures().splits(),
        request.start() == null ? null : request.start().toAbsolutePath(),
        folder.checkpoints(),
        request.to().toAbsolutePath().resolve("cache"));
  }

  /** A heap for each of the runs at a time, so that all of them and this one fit its limit. */
  private String memory() {
    long mebibytes = Runtime.getRuntime().maxMemory() / (1 << 20);
    return Math.max(512, mebibytes / (1 + request.parallel())) + "m";
  }

  private void hear(ChildEvent event) {
    switch (event) {
      case Progress progress ->
          events.accept(new Event(planned, Event.State.RUNNING, progress, null));
      case ChildEvent.Last end -> last.set(end);
      case ChildEvent.Measured measured -> {}
      case ChildEvent.EpochEnded row -> {}
      case ChildEvent.Evaluated evaluated -> {}
      case ChildEvent.CheckpointWritten written -> {}
    }
  }

  private Result result(Settings settings) throws IOException {
    List<Path> checkpoints = folder.written();
    Manifest manifest = Checkpoints.verify(checkpoints.getLast());
    TrainingLog log = TrainingLog.of(manifest.training());
    int images = request.pictures().training().size() / settings.batch() * settings.batch();
    return new Result(
        planned.row(),
        planned.seed(),
        settings,
        Files.getLastModifiedTime(folder.path().resolve("run.json")).toInstant(),
        Instant.now(),
        log.epochs().stream().mapToDouble(row -> images / row.imagesPerSecond()).sum(),
        manifest.versions(),
        log.epochs(),
        log.evaluations(),
        pivotal(checkpoints, settings));
  }

  /** Not one that an interruption left in the midst. */
  private boolean isPlanned(Manifest checkpoint, Settings settings) {
    long perEpoch = request.pictures().training().size() / settings.batch();
    int epoch = checkpoint.epoch();
    return checkpoint.step() == epoch * perEpoch
        && (epoch == settings.epochs() || epoch % settings.checkpointEpochs() == 0);
  }

  private List<Pivotal> pivotal(List<Path> checkpoints, Settings settings) throws IOException {
    List<Pivotal> all = new ArrayList<>();
    if (planned.first()) {
      List<Labelled> shown = request.pictures().shown();
      for (Path checkpoint : checkpoints) {
        if (isPlanned(Checkpoints.manifest(checkpoint), settings)) {
          synchronized (PivotalRegions.class) {
            all.add(PivotalRegions.of(checkpoint, settings, shown));
          }
        }
      }
    }
    return all;
  }
}
