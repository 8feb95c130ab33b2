package io.lodisc.model.method;

/** MoCo v3's schedules, per step. */
public final class Schedules {

  private Schedules() {}

  /**
   * Linear warm-up to the peak, then half a cosine to 0.
   *
   * @param step from 0
   * @param warmup steps
   * @param total steps
   */
  public static double learningRate(double peak, long step, double warmup, long total) {
    if (step < warmup) {
      return peak * step / warmup;
    }
    return peak * 0.5 * (1 + Math.cos(Math.PI * (step - warmup) / (total - warmup)));
  }

  /** The momentum of the moving average, from its base to 1 by half a cosine. */
  public static double momentum(double base, long step, long total) {
    return 1 - 0.5 * (1 + Math.cos(Math.PI * step / total)) * (1 - base);
  }
}
