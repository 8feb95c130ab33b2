package io.lodisc.training.reproduce;

import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.pretrain.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs a table's rows, those that are not finished, and writes the report on them. */
public final class Reproduction {

  /** What the output folder's runs need not have in a repository. */
  private static final String IGNORED = "/runs/*/*\n!/runs/*/result.json\n/cache/\n*.part\n";

  private final Request request;
  private final Schedule schedule;
  private final Consumer<Event> events;

  /**
   * @param events called from the threads of the runs
   * @throws ReproductionException if the settings are wrong, or the folder holds runs of others
   */
  public Reproduction(Request request, Consumer<Event> events) {
    this.request = request;
    this.schedule = Schedule.of(request);
    this.events = events;
    schedule.runs().forEach(this::requireSame);
  }

  /**
   * The runs that a request will need, before any of its files is there.
   *
   * @param start the start checkpoint's; null for none
   * @throws ReproductionException if the settings are wrong
   */
  public static List<PlannedRun> plan(Request request, Manifest start) {
    return Schedule.of(request, start).runs();
  }

  /** All runs, the finished ones among them. */
  public List<PlannedRun> runs() {
    return schedule.runs();
  }

  /** Those that are still to be run, or to be ended. */
  public List<PlannedRun> open() {
    return runs().stream().filter(r -> !RunFolder.of(request.to(), r).isFinished()).toList();
  }

  /** A forecast that knows what is finished already. */
  public Forecast forecast() {
    return new Forecast(runs(), open(), request.pictures().training().size());
  }

  /**
   * Runs what is open; a run that fails keeps no other from running.
   *
   * @return why runs failed, by their names; empty if none did
   */
  public Map<String, String> run() throws IOException, InterruptedException {
    Files.createDirectories(request.to());
    Files.writeString(request.to().resolve(".gitignore"), IGNORED);
    Map<String, String> failed = new LinkedHashMap<>();
    List<PlannedRun> open = open();
    List<Future<String>> ends = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(request.parallel())) {
      try {
        open.forEach(run -> ends.add(threads.submit(() -> end(run))));
        for (int i = 0; i < ends.size(); i++) {
          String reason = ends.get(i).get();
          if (reason != null) {
            failed.put(open.get(i).name(), reason);
          }
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a run's thread failed", e.getCause());
      } finally {
        threads.shutdownNow();
      }
    }
    report();
    return failed;
  }

  private String end(PlannedRun run) throws InterruptedException {
    String reason;
    try {
      reason = new RowProcess(request, run, events).run();
      if (reason == null) {
        report();
      }
    } catch (IOException | RuntimeException e) {
      reason = e.toString();
    }
    Event.State state = reason == null ? Event.State.FINISHED : Event.State.FAILED;
    events.accept(new Event(run, state, null, reason));
    return reason;
  }

  private synchronized void report() throws IOException {
    Map<String, List<Result>> results = new LinkedHashMap<>();
    for (PlannedRun run : runs()) {
      RunFolder folder = RunFolder.of(request.to(), run);
      if (folder.isFinished()) {
        results.computeIfAbsent(run.row(), row -> new ArrayList<>()).add(folder.result());
      }
    }
    new Report(request, schedule, results).write();
  }

  private void requireSame(PlannedRun run) {
    RunFolder folder = RunFolder.of(request.to(), run);
    Settings before =
        folder.isFinished()
            ? folder.result().settings()
            : folder.begun() == null ? null : folder.begun().settings();
    if (before != null && !RunFolder.same(before, run.settings())) {
      throw new ReproductionException(
          "%s holds a run of other settings.".formatted(folder.path()),
          "Give the options it was begun with, or another folder.");
    }
  }
}
