package io.lodisc.model.method.schedule;

/** The momentum of the moving average. */
public final class Momentum {

  private Momentum() {}

  /** From its base to 1 by half a cosine, per step (MoCo v3). */
  public static double cosine(double base, long step, long total) {
    return 1 - 0.5 * (1 + Math.cos(Math.PI * step / total)) * (1 - base);
  }
}
