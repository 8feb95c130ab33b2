package io.lodisc.standalone;

import io.lodisc.standalone.Dashboard.Panel;
import io.lodisc.standalone.Dashboard.Query;
import io.lodisc.standalone.Prometheus.Series;
import io.lodisc.training.reproduce.LinePlot;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A dashboard as a page of plots, without Grafana. */
final class DashboardPage {

  private static final String STYLE =
      """
      body { font-family: sans-serif; margin: 12px; background: #f4f5f5 }
      main { display: grid; grid-template-columns: repeat(24, 1fr); gap: 8px }
      section { background: white; border: 1px solid #ddd; padding: 6px; overflow: hidden }
      h2 { font-size: 13px; margin: 0 0 4px } svg { width: 100% }
      .number { font-size: 34px; text-align: center; margin: 10px } .none { color: #888 }
      table { border-collapse: collapse; font-size: 12px } td, th { padding: 2px 8px; text-align: left }
      """;

  private final Dashboard dashboard;
  private final Prometheus prometheus;
  private final long from;
  private final long to;
  private final int step;
  private final String rateInterval;

  /**
   * Of a stretch of time.
   *
   * @param from in seconds since 1970, as is to
   * @param step between points, in seconds
   */
  DashboardPage(
      Dashboard dashboard,
      Prometheus prometheus,
      long from,
      long to,
      int step,
      String rateInterval) {
    this.dashboard = dashboard;
    this.prometheus = prometheus;
    this.from = from;
    this.to = to;
    this.step = step;
    this.rateInterval = rateInterval;
  }

  String html() throws Exception {
    StringBuilder page = new StringBuilder("<!doctype html><meta charset=utf-8><title>");
    String title = escaped(dashboard.json().path("title").asString());
    page.append(title).append("</title><style>").append(STYLE).append("</style><h1>");
    page.append(title).append("</h1><main>\n");
    for (Panel panel : dashboard.panels()) {
      page.append(
          "<section style=\"grid-column: %d / span %d; grid-row: %d / span %d\"><h2>%s</h2>\n"
              .formatted(
                  at(panel, "x") + 1,
                  at(panel, "w"),
                  at(panel, "y") + 1,
                  at(panel, "h"),
                  escaped(panel.title())));
      page.append(
          switch (panel.type()) {
            case "stat" -> number(panel);
            case "table" -> table(panel);
            default -> plot(panel);
          });
      page.append("</section>\n");
    }
    return page.append("</main>\n").toString();
  }

  private static int at(Panel panel, String name) {
    return panel.json().path("gridPos").path(name).asInt();
  }

  private String number(Panel panel) throws Exception {
    List<Series> found = prometheus.now(dashboard.filled(panel.queries().getFirst(), rateInterval));
    return found.isEmpty()
        ? nothing(panel)
        : "<p class=number>%s</p>"
            .formatted(String.format(Locale.ROOT, "%.0f", found.getFirst().y()[0]));
  }

  private String table(Panel panel) throws Exception {
    StringBuilder rows = new StringBuilder("<table>");
    List<Series> found = prometheus.now(dashboard.filled(panel.queries().getFirst(), rateInterval));
    if (found.isEmpty()) {
      return nothing(panel);
    }
    rows.append("<tr>");
    found.getFirst().labels().keySet().forEach(name -> rows.append("<th>").append(escaped(name)));
    for (Series row : found) {
      rows.append("<tr>");
      row.labels().values().forEach(value -> rows.append("<td>").append(escaped(value)));
    }
    return rows.append("</table>").toString();
  }

  private String plot(Panel panel) throws Exception {
    LinePlot plot = new LinePlot(unit(panel.unit()), "seconds");
    for (Query query : panel.queries()) {
      Map<String, Series> named = new TreeMap<>();
      for (Series series :
          prometheus.range(dashboard.filled(query, rateInterval), from, to, step)) {
        named.put(legend(query.legend(), series.labels()), series);
      }
      named.forEach(
          (name, series) -> {
            double[] x = Arrays.stream(series.x()).map(time -> time - from).toArray();
            plot.add(new LinePlot.Line(name, x, series.y()));
          });
    }
    return plot.isEmpty() ? nothing(panel) : plot.svg();
  }

  private static String nothing(Panel panel) {
    return "<p class=none>%s</p>"
        .formatted(escaped(panel.needsGpu() ? "no GPU on this machine" : "no data"));
  }

  private static String legend(String format, Map<String, String> labels) {
    String legend = format;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      legend = legend.replace("{{" + label.getKey() + "}}", label.getValue());
    }
    return legend;
  }

  private static String unit(String unit) {
    return switch (unit) {
      case "s" -> "seconds";
      case "reqps" -> "requests a second";
      case "percentunit" -> "share";
      case "none", "short", "sci", "bool" -> "";
      default -> unit;
    };
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
