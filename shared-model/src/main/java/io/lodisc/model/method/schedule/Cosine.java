package io.lodisc.model.method.schedule;

/** Half a cosine to 0, per step (MoCo v3). */
final class Cosine implements Schedule {

  @Override
  public String name() {
    return "cosine";
  }

  @Override
  public double at(double done) {
    return 0.5 * (1 + Math.cos(Math.PI * done));
  }
}
