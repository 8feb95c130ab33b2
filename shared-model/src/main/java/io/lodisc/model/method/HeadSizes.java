package io.lodisc.model.method;

/**
 * The sizes of projector and predictor.
 *
 * @param hidden width of their hidden layers
 * @param out length of the vectors that are contrasted
 * @param projector false for none: the class token is what is contrasted, as in the authors' code
 * @param dropout of the predictor's hidden layer, 0 for none
 */
public record HeadSizes(int hidden, int out, boolean projector, double dropout) {

  /** MoCo v3's. */
  public HeadSizes(int hidden, int out) {
    this(hidden, out, true, 0);
  }

  /** Three linear layers from the backbone's width. */
  int[] ofProjector(int width) {
    return new int[] {width, hidden, hidden, out};
  }

  /** Two linear layers. */
  int[] ofPredictor() {
    return new int[] {out, hidden, out};
  }
}
