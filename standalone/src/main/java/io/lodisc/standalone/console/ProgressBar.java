package io.lodisc.standalone.console;

import java.io.PrintStream;
import java.util.Locale;

/** A line that shows how far training is; redrawn in place on a terminal, seldom anew elsewhere. */
public final class ProgressBar {

  private static final int WIDTH = 28;
  private static final int PLAIN_LINES = 10;

  private final PrintStream out;
  private final boolean terminal;
  private long plainLines = -1;

  public ProgressBar(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** A bar on standard output. */
  public static ProgressBar onConsole() {
    return new ProgressBar(System.out, System.console() != null && System.console().isTerminal());
  }

  /**
   * Shows how far it is.
   *
   * @param what is under way, such as {@code epoch 2/8}
   * @param secondsLeft null if unknown, as is loss
   */
  public void show(
      String what, long step, long steps, Double loss, double imagesPerSecond, Long secondsLeft) {
    String line =
        String.format(
            Locale.ROOT,
            "  [%s] %s%s  %.0f images/s%s",
            bar(step, steps),
            what,
            loss == null ? "" : String.format(Locale.ROOT, "  loss %.3f", loss),
            imagesPerSecond,
            secondsLeft == null ? "" : "  " + time(secondsLeft) + " left");
    long tenth = steps == 0 ? 0 : step * PLAIN_LINES / steps;
    if (terminal) {
      out.print("\r" + line + "\u001b[K");
      out.flush();
    } else if (tenth > plainLines) {
      plainLines = tenth;
      out.println(line);
    }
  }

  /** Writes a line of its own above the bar. */
  public void line(String text) {
    out.println(terminal ? "\r" + text + "\u001b[K" : text);
  }

  private static String time(long seconds) {
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** Leaves the line. */
  public void end() {
    if (terminal) {
      out.println();
    }
  }

  private static String bar(long step, long steps) {
    int full = steps == 0 ? 0 : (int) (WIDTH * step / steps);
    return "#".repeat(full) + "-".repeat(WIDTH - full);
  }
}
