package io.lodisc.model.metrics;

/**
 * How often a classifier is right; fractions of 1.
 *
 * @param top1 share whose class is predicted first
 * @param top5 share whose class is among the first five predicted
 */
public record Accuracy(double top1, double top5) {

  private static final int FIVE = 5;

  /**
   * Counts places, from 0, of the right class in each prediction.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Accuracy of(int[] places) {
    if (places.length == 0) {
      throw new IllegalArgumentException("no prediction, no accuracy");
    }
    int first = 0;
    int firstFive = 0;
    for (int place : places) {
      first += place < 1 ? 1 : 0;
      firstFive += place < FIVE ? 1 : 0;
    }
    return new Accuracy((double) first / places.length, (double) firstFive / places.length);
  }
}
