package io.lodisc.training.reproduce;

import io.lodisc.training.evaluation.Evaluation;
import io.lodisc.training.evaluation.History;
import io.lodisc.training.reproduce.PaperFigures.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code report.md}: what was measured beside what the paper says. */
final class Report {

  private static final List<String> METRICS =
      List.of("probe.top1", "knn20.top1", "rank1", "rank5", "mAP");

  private final Request request;
  private final Schedule schedule;
  private final Map<String, List<Result>> results;
  private final StringBuilder out = new StringBuilder();

  Report(Request request, Schedule schedule, Map<String, List<Result>> results) {
    this.request = request;
    this.schedule = schedule;
    this.results = results;
  }

  void write() throws IOException {
    out.append("# ").append(request.plan().title()).append("\n\n");
    out.append("Command: `").append(request.command()).append("`\n\n");
    for (String kind : List.of("classToken", "predicted")) {
      table(kind, false);
      table(kind, true);
    }
    notes().forEach(note -> out.append("- ").append(note).append('\n'));
    Files.writeString(request.to().resolve("report.md"), out.toString());
  }

  private void table(String kind, boolean best) {
    out.append("## %s, %s epoch\n".formatted(kind, best ? "best" : "last"));
    out.append("| varied | row | seeds | Top-1 | kNN-20 | Rank-1 | Rank-5 | mAP |");
    out.append(" paper: Top-1 / Rank-1 / Rank-5 / mAP |\n|---|---|---|---|---|---|---|---|---|\n");
    line("-", Schedule.UNTRAINED, "untrained", kind, best);
    Schedule.rows(request).forEach(row -> line(row.group(), row.id(), row.title(), kind, best));
    out.append('\n');
  }

  private void line(String group, String id, String title, String kind, boolean best) {
    List<Result> runs = results.getOrDefault(schedule.runOf().get(id), List.of());
    out.append("| %s | %s | %d |".formatted(group, title, runs.size()));
    for (String metric : METRICS) {
      String name = kind + "." + metric;
      double[] values =
          runs.stream()
              .map(run -> value(run.evaluations(), name, best))
              .filter(Objects::nonNull)
              .mapToDouble(Double::doubleValue)
              .toArray();
      out.append(' ').append(MeanAndSpread.percent(values)).append(" |");
    }
    out.append(' ').append(paper(id)).append(" |\n");
  }

  private static Double value(History history, String metric, boolean best) {
    if (history.last() == null) {
      return history.start() == null ? null : history.start().scores().get(metric);
    }
    if (best) {
      History.Best found = history.best().get(metric);
      return found == null ? null : (Double) found.value();
    }
    return history.last().getValue().scores().get(metric);
  }

  private String paper(String row) {
    Figures f =
        request.plan().paperTable() == null
            ? null
            : PaperFigures.read()
                .find(
                    request.plan().paperTable(),
                    request.pictures().layout(),
                    row,
                    schedule.settings().get(row).batch());
    return f == null
        ? "-"
        : Stream.of(f.top1(), f.rank1(), f.rank5(), f.mAP())
            .map(v -> v == null ? "-" : String.format(Locale.ROOT, "%.2f", v))
            .collect(Collectors.joining(" / "));
  }

  private Set<String> notes() {
    Set<String> notes = new LinkedHashSet<>();
    results.values().stream()
        .flatMap(List::stream)
        .flatMap(run -> run.evaluations().evaluations().values().stream())
        .map(Evaluation::notes)
        .forEach(notes::addAll);
    return notes;
  }
}
