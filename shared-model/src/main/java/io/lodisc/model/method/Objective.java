package io.lodisc.model.method;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** What a run minimises: one class an objective, and its line in {@link Objectives}. */
public interface Objective {

  /**
   * What a step computed; arrays live as long as the scope that the caller opened.
   *
   * @param loss a scalar
   * @param terms its parts, by name
   * @param q what the query side made of both views, 2B x out
   * @param k what was to be found with it, 2B x out
   */
  record Losses(NDArray loss, List<Term> terms, NDArray q, NDArray k) {}

  /** A part of the loss. */
  record Term(String name, NDArray loss) {}

  /**
   * One step: the loss of a batch, its gradients added to the parameters.
   *
   * @param x both views of B pictures, normalised, 2B x 3 x image x image: first views, then second
   *     views
   * @param m momentum of the moving average
   * @param step counted over the whole run, for what is random
   * @param weight of this batch's gradients, 1 but for accumulation
   */
  Losses step(NDArray x, double m, long step, double weight);
}
