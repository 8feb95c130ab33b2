package io.lodisc.training.support;

/** How much of a long test is run: all of it with {@code mvn -P slow}, a smaller case else. */
public final class Slow {

  private static final boolean SLOW = Boolean.getBoolean("lodisc.slow");

  private Slow() {}

  public static int of(int quick, int slow) {
    return SLOW ? slow : quick;
  }
}
