package io.lodisc.training.reproduce;

import io.lodisc.training.evaluation.Evaluation;
import io.lodisc.training.evaluation.History;
import io.lodisc.training.evaluation.Labelled;
import io.lodisc.training.pretrain.Settings;
import io.lodisc.training.reproduce.PaperFigures.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code report.md} and {@code report.html}: what was measured beside what the paper says. */
final class Report {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> METRICS =
      List.of("probe.top1", "knn20.top1", "rank1", "rank5", "mAP");

  private final Request request;
  private final Schedule schedule;
  private final Map<String, List<Result>> results;
  private final PaperFigures paper = PaperFigures.read();
  private final StringBuilder out = new StringBuilder();

  Report(Request request, Schedule schedule, Map<String, List<Result>> results) {
    this.request = request;
    this.schedule = schedule;
    this.results = results;
  }

  /** Writes the report and what it shows beside it. */
  void write() throws IOException {
    Path to = request.to();
    out.append("# ").append(request.plan().title()).append("\n\n");
    Path conclusion = to.resolve("conclusion.md");
    if (Files.isRegularFile(conclusion)) {
      out.append(Files.readString(conclusion).strip()).append("\n\n");
    }
    about();
    for (String kind : List.of("classToken", "predicted")) {
      table(kind, false);
      table(kind, true);
    }
    footnotes();
    curves();
    pivotalRegions();
    settings();
    Files.writeString(to.resolve("report.md"), out);
    Files.writeString(
        to.resolve("report.html"), ReportPage.of(request.plan().title(), out.toString()));
  }

  private void about() {
    List<Result> all = results.values().stream().flatMap(List::stream).toList();
    out.append("    ").append(request.command()).append("\n\n");
    out.append(
        "The same command goes on where it was interrupted; one row alone: `--only ROW`.\n\n");
    out.append(
        "- Pictures: %d to train on, %d to measure on (layout %s)\n"
            .formatted(
                request.pictures().training().size(),
                request.pictures().splits().test().size(),
                request.pictures().layout()));
    out.append(
        "- Runs: %d of %d finished; %d at a time\n"
            .formatted(all.size(), schedule.runs().size(), request.parallel()));
    out.append("- Machine: ").append(Machine.describe()).append('\n');
    all.stream()
        .findFirst()
        .ifPresent(run -> out.append("- Versions: %s\n".formatted(run.versions())));
    all.stream()
        .map(Result::startedAt)
        .min(Comparator.naturalOrder())
        .ifPresent(
            from ->
                out.append(
                    "- From %s to %s\n"
                        .formatted(
                            from.truncatedTo(ChronoUnit.SECONDS),
                            all.stream()
                                .map(Result::endedAt)
                                .max(Comparator.naturalOrder())
                                .orElseThrow()
                                .truncatedTo(ChronoUnit.SECONDS))));
    out.append(
            "\nPercent, mean ± sample standard deviation over the seeds. Top-1 is the linear probe's;")
        .append(
            " last and best epoch are apart; the untrained row is the start weights without any")
        .append(" training. ")
        .append(source())
        .append("\n\n");
  }

  private String source() {
    String table = request.plan().paperTable();
    return table == null
        ? "The paper has no figures of these rows."
        : "The paper's column is the paper's alone, from its Table %s (%s)."
            .formatted(table.substring("table".length()), paper.source());
  }

  private void table(String kind, boolean best) {
    out.append("## %s, %s epoch\n".formatted(kind, best ? "best" : "last"));
    out.append("| varied | row | seeds | Top-1 | kNN-20 | Rank-1 | Rank-5 | mAP | seconds |");
    out.append(
        " paper: Top-1 / Rank-1 / Rank-5 / mAP |\n|---|---|---|---|---|---|---|---|---|---|\n");
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
    double seconds = runs.stream().mapToDouble(Result::seconds).average().orElse(0);
    out.append(String.format(Locale.ROOT, " %.0f | %s |%n", seconds, paper(id)));
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
            : paper.find(
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

  private void footnotes() {
    Set<String> notes = new LinkedHashSet<>();
    results.values().stream()
        .flatMap(List::stream)
        .flatMap(run -> run.evaluations().evaluations().values().stream())
        .map(Evaluation::notes)
        .forEach(notes::addAll);
    if (results.values().stream().flatMap(List::stream).anyMatch(Report::isProbedAtTheEndAlone)) {
      notes.add(
          "Top-1's best epoch is the last: the linear probe is trained after the last epoch alone"
              + " (`evaluation.probeAlways` is false).");
    }
    notes.forEach(note -> out.append("- ").append(note).append('\n'));
    out.append('\n');
  }

  private static boolean isProbedAtTheEndAlone(Result run) {
    return !run.settings().evaluation().probeAlways()
        && run.evaluations().best().containsKey("classToken.probe.top1");
  }

  private void curves() throws IOException {
    out.append("## Curves, first seed\n\n");
    for (String plot : new Curves(trained()).write(request.to().resolve("plots"))) {
      out.append("![%s](plots/%1$s)\n".formatted(plot));
    }
    out.append('\n');
  }

  private void pivotalRegions() throws IOException {
    List<Labelled> shown = request.pictures().shown();
    Path folder = Files.createDirectories(request.to().resolve("pivotal"));
    out.append("## Pivotal regions over the epochs, first seed\n\n")
        .append(
            "The whole picture first, then the patches that the query encoder's attention finds most")
        .append(
            " important (Eq. 3) after each epoch named: as many as the row's mask keeps, whatever")
        .append(" its strategy.\n\n");
    for (Map.Entry<String, List<Result>> row : trained().entrySet()) {
      Result first = row.getValue().getFirst();
      if (!first.kept().isEmpty()) {
        Path sheet = folder.resolve(row.getKey() + ".png");
        if (!isNewer(sheet, first)) {
          PivotalSheet.write(sheet, shown, first.settings(), first.kept());
        }
        List<Integer> epochs = first.kept().stream().map(Result.Pivotal::epoch).toList();
        out.append(
            "**%s**, epochs %s\n\n![%1$s](pivotal/%1$s.png)\n\n".formatted(row.getKey(), epochs));
      }
    }
  }

  /** Whether a run's drawing is there already. */
  private static boolean isNewer(Path drawing, Result run) throws IOException {
    return Files.exists(drawing)
        && Files.getLastModifiedTime(drawing).toInstant().isAfter(run.endedAt());
  }

  /** Whole in a file a row; here what differs from the profile. */
  private void settings() throws IOException {
    Path folder = Files.createDirectories(request.to().resolve("settings"));
    out.append("## Settings\n\nWhat differs from the profile; all of it is in `settings/`.\n\n");
    for (Map.Entry<String, Settings> row : schedule.settings().entrySet()) {
      ObjectNode tree = JSON.valueToTree(row.getValue());
      Files.writeString(
          folder.resolve(row.getKey() + ".json"),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n");
      tree.properties().removeIf(f -> f.getValue().equals(schedule.profile().get(f.getKey())));
      out.append("- **%s**: `%s`\n".formatted(row.getKey(), tree));
    }
  }

  /** Rows that have runs of their own, without the untrained one. */
  private Map<String, List<Result>> trained() {
    Map<String, List<Result>> trained = new LinkedHashMap<>();
    schedule.settings().keySet().stream()
        .filter(row -> !row.equals(Schedule.UNTRAINED) && results.containsKey(row))
        .forEach(row -> trained.put(row, results.get(row)));
    return trained;
  }
}
