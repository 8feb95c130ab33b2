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

  public void show(
      int epoch,
      int epochs,
      long step,
      long steps,
      double loss,
      double imagesPerSecond,
      long secondsLeft) {
    String line =
        String.format(
            Locale.ROOT,
            "  [%s] epoch %d/%d  loss %.3f  %.0f images/s  %d:%02d left",
            bar(step, steps),
            epoch,
            epochs,
            loss,
            imagesPerSecond,
            secondsLeft / 60,
            secondsLeft % 60);
    long tenth = steps == 0 ? 0 : step * PLAIN_LINES / steps;
    if (terminal) {
      out.print("\r" + line + "\u001b[K");
      out.flush();
    } else if (tenth > plainLines) {
      plainLines = tenth;
      out.println(line);
    }
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
