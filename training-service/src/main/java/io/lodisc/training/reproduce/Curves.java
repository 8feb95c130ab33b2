package io.lodisc.training.reproduce;

import io.lodisc.training.evaluation.Evaluation;
import io.lodisc.training.pretrain.TrainingLog.EpochRow;
import io.lodisc.training.reproduce.LinePlot.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The plots of a report: each row's first seed over the epochs. */
final class Curves {

  private static final List<String> METRICS =
      List.of("classToken.rank1", "classToken.mAP", "predicted.rank1", "classToken.probe.top1");

  private final Map<String, LinePlot> plots = new LinkedHashMap<>();

  /**
   * @param results row to its runs
   */
  Curves(Map<String, List<Result>> results) {
    Map<String, Result> first = new LinkedHashMap<>();
    results.forEach((row, runs) -> first.put(row, runs.getFirst()));
    for (String term : terms(first.values())) {
      LinePlot plot = new LinePlot("loss, " + term, "epoch");
      first.forEach((row, run) -> plot.add(epochs(row, run, r -> term(r, term))));
      put("loss-" + term, plot);
    }
    LinePlot similarity = new LinePlot("cosine of q with the k of other pictures", "epoch");
    first.forEach((row, run) -> similarity.add(epochs(row, run, EpochRow::negativeSimilarity)));
    put("negative-similarity", similarity);
    for (String metric : METRICS) {
      LinePlot plot = new LinePlot(metric, "epoch");
      first.forEach((row, run) -> plot.add(evaluations(row, run, metric)));
      put(metric, plot);
    }
  }

  /** Writes a file a plot. */
  List<String> write(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, LinePlot> plot : plots.entrySet()) {
      String name = plot.getKey() + ".svg";
      Files.writeString(folder.resolve(name), plot.getValue().svg());
      names.add(name);
    }
    return names;
  }

  private void put(String name, LinePlot plot) {
    if (!plot.isEmpty()) {
      plots.put(name, plot);
    }
  }

  /** The terms of every row's objective, in its order. */
  private static Set<String> terms(Collection<Result> runs) {
    return runs.stream()
        .flatMap(run -> run.epochs().stream())
        .flatMap(row -> row.terms().keySet().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static double term(EpochRow row, String term) {
    return row.terms().getOrDefault(term, Double.NaN);
  }

  private static Line epochs(String row, Result run, ToDoubleFunction<EpochRow> value) {
    List<EpochRow> rows =
        run.epochs().stream().filter(r -> !Double.isNaN(value.applyAsDouble(r))).toList();
    return new Line(
        row,
        rows.stream().mapToDouble(EpochRow::epoch).toArray(),
        rows.stream().mapToDouble(value).toArray());
  }

  private static Line evaluations(String row, Result run, String metric) {
    List<Map.Entry<Integer, Evaluation>> measured =
        run.evaluations().evaluations().entrySet().stream()
            .filter(e -> run.evaluations().last() != null)
            .filter(e -> e.getValue().scores().containsKey(metric))
            .toList();
    return new Line(
        row,
        measured.stream().mapToDouble(Map.Entry::getKey).toArray(),
        measured.stream().mapToDouble(e -> e.getValue().scores().get(metric)).toArray());
  }
}
