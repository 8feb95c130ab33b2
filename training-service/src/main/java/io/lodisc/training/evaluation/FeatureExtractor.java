package io.lodisc.training.evaluation;

import ai.djl.ndarray.NDArray;

/** The encoder under evaluation. */
@FunctionalInterface
public interface FeatureExtractor {

  /**
   * What it makes of a batch.
   *
   * @param classToken B x D, after the final LayerNorm
   * @param predicted B x out, the predictor's output in evaluation mode; null if there is none
   * @param attention B x heads x 1 x (1 + N), the class token's row of the last layer; null if it
   *     is not to be measured
   */
  record Features(NDArray classToken, NDArray predicted, NDArray attention) {}

  /**
   * Computes features, called without gradients inside a scope that frees what it makes.
   *
   * @param x normalised pictures, B x 3 x side x side
   */
  Features features(NDArray x);
}
