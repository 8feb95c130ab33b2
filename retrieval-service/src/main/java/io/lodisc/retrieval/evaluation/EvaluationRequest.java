package io.lodisc.retrieval.evaluation;

import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.List;

/**
 * What to measure.
 *
 * @param k ranks at which to look; null for 1, 5 and 10
 * @param acrossGroups whether a query's own group is no part of its gallery; null for false
 * @param queries name of a collection whose items are the queries; null for the collection's own
 */
record EvaluationRequest(List<Integer> k, Boolean acrossGroups, String queries) {

  static final EvaluationRequest DEFAULT = new EvaluationRequest(null, null, null);

  private static final int MAX_RANKS = 100;

  /**
   * The ranks to look at.
   *
   * @throws ApiException OUT_OF_RANGE
   */
  List<Integer> ranks() {
    if (k == null) {
      return List.of(1, 5, 10);
    }
    if (k.isEmpty() || k.size() > MAX_RANKS || k.stream().anyMatch(r -> r == null || r < 1)) {
      throw new ApiException(
          Problem.OUT_OF_RANGE,
          "'k' must be a list of 1 to %d ranks, each at least 1.".formatted(MAX_RANKS),
          "Leave it out for [1, 5, 10].");
    }
    return k;
  }
}
