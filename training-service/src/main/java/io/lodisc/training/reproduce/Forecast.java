package io.lodisc.training.reproduce;

import io.lodisc.training.child.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far all runs of a table are together, and when they may be done. */
public final class Forecast {

  private final Map<String, Long> steps = new HashMap<>();
  private final Map<String, Progress> under = new HashMap<>();
  private final long all;
  private final int runs;
  private final long begun = System.nanoTime();
  private long before;
  private long done;
  private int finished;

  Forecast(List<PlannedRun> all, List<PlannedRun> open, int pictures) {
    all.forEach(run -> steps.put(run.name(), steps(run, pictures)));
    this.all = steps.values().stream().mapToLong(Long::longValue).sum();
    this.runs = all.size();
    this.finished = all.size() - open.size();
    this.done = this.all - open.stream().mapToLong(run -> steps.get(run.name())).sum();
    this.before = done;
  }

  private static long steps(PlannedRun run, int pictures) {
    return (long) run.settings().epochs() * (pictures / run.settings().batch());
  }

  /** Takes in what happened to a run. */
  public synchronized void hear(Event event) {
    String name = event.run().name();
    switch (event.state()) {
      case STARTED -> {}
      case RUNNING -> {
        if (under.put(name, event.progress()) == null && event.progress().step() != null) {
          before += event.progress().step() - 1; // done by an earlier process, not at this pace
        }
      }
      case FINISHED, FAILED -> {
        under.remove(name);
        done += steps.get(name);
        finished++;
      }
    }
  }

  /** Runs as epochs, their steps as steps, the mean loss and the joint speed of those under way. */
  public synchronized Progress progress() {
    long now = done + under.values().stream().mapToLong(p -> p.step() == null ? 0 : p.step()).sum();
    double seconds = (System.nanoTime() - begun) / 1e9;
    long trained = now - before;
    Long left = trained <= 0 ? null : Math.round((all - now) * seconds / trained);
    return new Progress(
        finished,
        runs,
        now,
        all,
        under.values().stream()
            .filter(p -> p.loss() != null)
            .mapToDouble(Progress::loss)
            .average()
            .stream()
            .boxed()
            .findFirst()
            .orElse(null),
        under.values().stream()
            .mapToDouble(p -> p.imagesPerSecond() == null ? 0 : p.imagesPerSecond())
            .sum(),
        left,
        null,
        null);
  }
}
