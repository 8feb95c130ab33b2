package io.lodisc.training.reproduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A plot of lines as SVG: axes with ticks, a legend, a line a row. */
public final class LinePlot {

  /** Points of a line; x ascending. */
  public record Line(String name, double[] x, double[] y) {}

  private static final List<String> COLOURS =
      List.of(
          "#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#8c564b", "#e377c2",
          "#7f7f7f", "#bcbd22");
  private static final int WIDTH = 720;
  private static final int HEIGHT = 360;
  private static final int LEFT = 60;
  private static final int TOP = 30;
  private static final int RIGHT = 190;
  private static final int BOTTOM = 45;
  private static final int TICKS = 5;

  private final String title;
  private final String unit;
  private final List<Line> lines = new ArrayList<>();

  /**
   * A plot without lines yet.
   *
   * @param unit of x
   */
  public LinePlot(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  public void add(Line line) {
    if (line.x().length > 0) {
      lines.add(line);
    }
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** The file's text. */
  public String svg() {
    double[] x = range(lines.stream().map(Line::x).toList());
    double[] y = range(lines.stream().map(Line::y).toList());
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="white"/>
        <text x="%d" y="18" font-size="14">%s</text>
        """
            .formatted(WIDTH, HEIGHT, LEFT, escaped(title)));
    for (int i = 0; i <= TICKS; i++) {
      double share = (double) i / TICKS;
      tick(svg, across(share), HEIGHT - BOTTOM + 16, "middle", x[0] + share * (x[1] - x[0]));
      tick(svg, LEFT - 6, down(share) + 4, "end", y[0] + share * (y[1] - y[0]));
      append(
          svg,
          "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%3$.1f\" stroke=\"#ddd\"/>\n",
          LEFT,
          WIDTH - RIGHT,
          down(share));
    }
    append(
        svg,
        "<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
        across(0.5),
        HEIGHT - 8,
        escaped(unit));
    for (int i = 0; i < lines.size(); i++) {
      line(svg, lines.get(i), COLOURS.get(i % COLOURS.size()), TOP + 16 * i, x, y);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void line(
      StringBuilder svg, Line line, String colour, int legend, double[] x, double[] y) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < line.x().length; i++) {
      double right = across((line.x()[i] - x[0]) / (x[1] - x[0]));
      double up = down((line.y()[i] - y[0]) / (y[1] - y[0]));
      append(points, "%.1f,%.1f ", right, up);
      append(svg, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\" fill=\"%s\"/>\n", right, up, colour);
    }
    append(
        svg,
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>\n",
        points.toString().strip(),
        colour);
    append(
        svg,
        "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n",
        WIDTH - RIGHT + 12,
        legend + 8,
        colour,
        escaped(line.name()));
  }

  private static void tick(StringBuilder svg, double x, double y, String anchor, double value) {
    append(
        svg,
        "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\" fill=\"#555\">%s</text>\n",
        x,
        y,
        anchor,
        written(value));
  }

  /** With three digits, or whole; from a hundred thousand on as 1.02e9. */
  private static String written(double value) {
    double size = Math.abs(value);
    String format = size >= 1e5 ? "%.2e" : size >= 100 ? "%.0f" : "%.3g";
    return String.format(Locale.ROOT, format, value).replace("e+0", "e").replace("e-0", "e-");
  }

  private static double across(double share) {
    return LEFT + share * (WIDTH - RIGHT - LEFT);
  }

  private static double down(double share) {
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  }

  /** From the least to the greatest, never empty. */
  private static double[] range(List<double[]> values) {
    double least = values.stream().flatMapToDouble(v -> Arrays.stream(v)).min().orElse(0);
    double most = values.stream().flatMapToDouble(v -> Arrays.stream(v)).max().orElse(1);
    return new double[] {least, most > least ? most : least + 1};
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void append(StringBuilder to, String format, Object... values) {
    to.append(String.format(Locale.ROOT, format, values));
  }
}
