package io.lodisc.retrieval.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * What was measured; shares are fractions of 1.
 *
 * @param rank k to the share of queries that have their class among the first k
 * @param mAP mean average precision
 * @param queries how many were ranked
 * @param gallery items that could be found
 * @param queriesWithoutRelevant left out, as nothing else has their class
 * @param unlabelled left out as queries, as they have no label
 */
record EvaluationAnswer(
    Map<Integer, Double> rank,
    @JsonProperty("mAP") double mAP,
    int queries,
    int gallery,
    int queriesWithoutRelevant,
    int unlabelled,
    Model model) {

  record Model(String alias, String checkpoint) {}
}
