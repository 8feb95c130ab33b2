package io.lodisc.training.reproduce;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** Numbers of several seeds in a cell. */
final class MeanAndSpread {

  private MeanAndSpread() {}

  /** Shares as percent: their mean, of several also the sample standard deviation; - of none. */
  static String percent(double[] shares) {
    if (shares.length == 0) {
      return "-";
    }
    double mean = DoubleStream.of(shares).average().orElseThrow();
    if (shares.length == 1) {
      return String.format(Locale.ROOT, "%.2f", 100 * mean);
    }
    double squares = DoubleStream.of(shares).map(x -> (x - mean) * (x - mean)).sum();
    double deviation = Math.sqrt(squares / (shares.length - 1));
    return String.format(Locale.ROOT, "%.2f ± %.2f", 100 * mean, 100 * deviation);
  }
}
