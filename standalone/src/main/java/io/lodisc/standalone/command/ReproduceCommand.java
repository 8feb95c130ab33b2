package io.lodisc.standalone.command;

import io.lodisc.standalone.UserException;
import io.lodisc.standalone.console.ProgressBar;
import io.lodisc.training.child.Progress;
import io.lodisc.training.reproduce.Event;
import io.lodisc.training.reproduce.Forecast;
import io.lodisc.training.reproduce.Plan;
import io.lodisc.training.reproduce.Reproduction;
import io.lodisc.training.reproduce.ReproductionException;
import io.lodisc.training.reproduce.ReproductionOrder;
import io.lodisc.training.reproduce.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lodisc reproduce PLAN}: a table of the paper, run by run, and a report on it. */
@Command(
    name = "reproduce",
    description = "Runs the rows of a table of the paper and reports on them; goes on if repeated.",
    mixinStandardHelpOptions = true)
public final class ReproduceCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PLAN",
      completionCandidates = PlanNames.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private String plan;

  @Option(names = "--dataset", paramLabel = "LAYOUT", defaultValue = "auto")
  private String dataset;

  @Option(names = "--root", paramLabel = "DIR", required = true, description = "The pictures.")
  private Path root;

  @Option(names = "--partial", description = "Take a published set although it is not whole.")
  private boolean partial;

  @Option(names = "--arch", paramLabel = "NAME", description = "Backbone, such as vit-b/16.")
  private String arch;

  @Option(names = "--image-size", paramLabel = "N", description = "Pixels a side.")
  private Integer imageSize;

  @Option(names = "--epochs", paramLabel = "N")
  private Integer epochs;

  @Option(names = "--batch", paramLabel = "N")
  private Integer batch;

  @Option(names = "--seeds", paramLabel = "N", defaultValue = "1", description = "Runs a row.")
  private int seeds;

  @Option(names = "--profile", paramLabel = "NAME", description = "paper (default) or released.")
  private String profile;

  @Option(names = "--settings", paramLabel = "FILE", description = "JSON, under the rows' own.")
  private Path settings;

  @Option(names = "--start", paramLabel = "DIR", description = "Checkpoint to start from.")
  private Path start;

  @Option(names = "--parallel", paramLabel = "N", defaultValue = "1", description = "At a time.")
  private int parallel;

  @Option(names = "--only", paramLabel = "ROW", description = "This row alone.")
  private String only;

  @Option(names = "--to", paramLabel = "OUT", required = true, description = "Folder.")
  private Path to;

  private final ProgressBar bar = ProgressBar.onConsole();
  private Forecast forecast;

  static final class PlanNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return Plan.names().iterator();
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      Reproduction reproduction = new Reproduction(request(), this::show);
      forecast = reproduction.forecast();
      System.out.printf(
          "%d runs, %d of them still to do%n",
          reproduction.runs().size(), reproduction.open().size());
      Map<String, String> failed = reproduction.run();
      bar.end();
      System.out.println("Report: " + to.resolve("report.html"));
      if (!failed.isEmpty()) {
        throw new UserException("runs failed, their log.txt tells more: " + failed);
      }
      return 0;
    } catch (ReproductionException e) {
      throw new UserException(e.getMessage() + " " + e.hint());
    }
  }

  private Request request() {
    Plan.named(plan); // told before the pictures are read
    ReproductionOrder order =
        new ReproductionOrder(
            plan,
            settings == null ? null : SettingsFile.read(settings),
            profile,
            arch,
            imageSize,
            epochs,
            batch,
            seeds,
            parallel,
            only);
    return order.request(
        PictureReading.read(dataset, root, null, partial),
        start,
        to,
        "./lodisc " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs()));
  }

  /** Called by the runs' threads. */
  private synchronized void show(Event event) {
    forecast.hear(event);
    Progress p = forecast.progress();
    switch (event.state()) {
      case STARTED -> {}
      case RUNNING ->
          bar.show(
              "runs %d/%d".formatted(p.epoch(), p.epochs()),
              p.step(),
              p.steps(),
              p.loss(),
              p.imagesPerSecond(),
              p.secondsLeft());
      case FINISHED -> bar.line(event.run().name() + " is finished");
      case FAILED -> bar.line(event.run().name() + " failed: " + event.words());
    }
  }
}
