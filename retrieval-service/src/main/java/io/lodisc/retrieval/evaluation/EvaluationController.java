package io.lodisc.retrieval.evaluation;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EvaluationController {

  private final Evaluation evaluation;

  EvaluationController(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** Measures Rank-k and mAP of a collection, each of its labelled items a query. */
  @PostMapping("/api/v1/collections/{collection}/evaluations")
  EvaluationAnswer run(
      @PathVariable String collection, @RequestBody(required = false) EvaluationRequest request) {
    return evaluation.run(collection, request == null ? EvaluationRequest.DEFAULT : request);
  }
}
