package io.lodisc.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.metrics.Accuracy;
import io.lodisc.model.metrics.AttentionEntropy;
import io.lodisc.model.metrics.Collapse;
import io.lodisc.model.metrics.Retrieval;
import io.lodisc.model.metrics.Similarity;
import io.lodisc.model.metrics.Spread;
import io.lodisc.training.evaluation.History.Best;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class HistoryTest {

  @Test
  void startLastAndBestStandApart() {
    History history =
        History.EMPTY
            .with(0, evaluation(0.9, 0.1))
            .with(10, evaluation(0.5, 0.4))
            .with(20, evaluation(0.5, 0.6))
            .with(30, evaluation(0.3, 0.2));

    assertThat(history.start()).isEqualTo(evaluation(0.9, 0.1));
    assertThat(history.last()).isEqualTo(Map.entry(30, evaluation(0.3, 0.2)));
    assertThat(history.best())
        .containsEntry("classToken.rank1", new Best(10, 0.5))
        .containsEntry("classToken.mAP", new Best(20, 0.6))
        .containsEntry("classToken.knn20.top5", new Best(20, 0.6))
        .containsEntry("classToken.probe.top1", new Best(10, 0.5))
        .containsEntry("predicted.rank1", new Best(10, 0.5))
        .doesNotContainKey("predicted.probe.top1");
  }

  @Test
  void untrainedWeightsAreNeverTheLastOrTheBest() {
    History history = History.EMPTY.with(0, evaluation(1, 1));

    assertThat(history.last()).isNull();
    assertThat(history.best()).isEmpty();
    assertThat(History.EMPTY.start()).isNull();
  }

  @Test
  void anEvaluationAfterAResumeTakesThePlaceOfTheSameEpochs() {
    History history = History.EMPTY.with(1, evaluation(0.9, 0.9)).with(1, evaluation(0.2, 0.2));

    assertThat(history.evaluations()).hasSize(1);
    assertThat(history.best()).containsEntry("classToken.mAP", new Best(1, 0.2));
  }

  @Test
  void comesBackFromJson() {
    JsonMapper json = JsonMapper.builder().build();
    History history = History.EMPTY.with(0, evaluation(0.9, 0.1)).with(10, evaluation(0.5, 0.4));

    String written = json.writeValueAsString(history);

    assertThat(json.readValue(written, History.class)).isEqualTo(history);
    assertThat(json.readTree(written).at("/evaluations/10/classToken/retrieval/rankK/1").asDouble())
        .isEqualTo(0.5);
    assertThat(json.readTree(written).at("/evaluations/10/predicted/probe").isNull()).isTrue();
  }

  private static Evaluation evaluation(double rank, double other) {
    Retrieval.Result retrieval =
        new Retrieval.Result(new TreeMap<>(Map.of(1, rank)), other, 40, 42, 2);
    Accuracy accuracy = new Accuracy(rank, other);
    Measures all =
        new Measures(
            retrieval,
            new TreeMap<>(Map.of(20, accuracy)),
            accuracy,
            new Spread(0.03, 12.5, 42, 192),
            new Similarity(0.8, 0.1),
            new Similarity(0.5, null),
            new Collapse(true, List.of("Few directions.")));
    Measures some = new Measures(retrieval, null, null, null, null, null, null);
    return new Evaluation(
        "test", 42, 100, 1, all, some, new AttentionEntropy(3.5, 0.66), List.of("A note."));
  }
}
