package io.lodisc.model.method;

/**
 * The sizes of projector and predictor.
 *
 * @param hidden width of their hidden layers
 * @param out length of the vectors that are contrasted
 */
public record HeadSizes(int hidden, int out) {

  /** Three linear layers from the backbone's width. */
  public int[] projector(int width) {
    return new int[] {width, hidden, hidden, out};
  }

  /** Two linear layers. */
  public int[] predictor() {
    return new int[] {out, hidden, out};
  }
}
