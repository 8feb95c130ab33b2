package io.lodisc.training.evaluation;

import java.util.function.Function;

/** The kinds of feature that are measured apart. */
enum Kind {
  CLASS_TOKEN(Extracted::classTokens),
  PREDICTED(Extracted::predictions);

  private final Function<Extracted, float[][]> features;

  Kind(Function<Extracted, float[][]> features) {
    this.features = features;
  }

  /** One row a picture; none if the encoder does not give this kind. */
  float[][] of(Extracted extracted) {
    return features.apply(extracted);
  }
}
