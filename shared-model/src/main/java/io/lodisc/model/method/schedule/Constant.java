package io.lodisc.model.method.schedule;

/** Stays at the peak. */
final class Constant implements Schedule {

  @Override
  public String name() {
    return "constant";
  }

  @Override
  public double at(double done) {
    return 1;
  }
}
