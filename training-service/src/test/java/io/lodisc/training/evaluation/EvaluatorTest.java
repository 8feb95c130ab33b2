package io.lodisc.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.training.evaluation.FeatureExtractor.Features;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {

  private static final int PROBE_EPOCHS = 4;

  @TempDir private Path folder;
  private StripedSplits splits;

  @BeforeEach
  void make() throws IOException {
    splits = StripedSplits.in(folder);
  }

  @AfterEach
  void close() {
    splits.close();
  }

  @Test
  void anEncoderThatGivesEveryPictureTheSameHasCollapsed() throws Exception {
    FeatureExtractor constant =
        x -> {
          Features features = splits.encoder().features(x);
          return new Features(features.classToken().onesLike(), null, null);
        };

    Evaluation evaluation = splits.evaluate(constant, StripedSplits.settings(false, 0));

    assertThat(evaluation.collapsed()).isTrue();
    assertThat(evaluation.classToken().collapse().reasons()).hasSize(3);
    assertThat(evaluation.predicted()).isNull();
    assertThat(evaluation.attention()).isNull();
    assertThat(evaluation.notes())
        .containsExactly("The predictor's output was not given.", "Attention was not given.");
  }

  @Test
  void twoRunsGiveTheSameWhateverTheThreads() throws Exception {
    EvaluationSettings all = StripedSplits.settings(true, PROBE_EPOCHS);

    Evaluation once = splits.evaluate(all, true);

    assertThat(splits.evaluate(all, true)).isEqualTo(once);
    assertThat(
            new Evaluator(
                    new Splits(splits.train(), splits.test()),
                    StripedSplits.PREPROCESSING,
                    all,
                    StripedSplits.SEED,
                    1)
                .run(splits.encoder(), true, () -> false))
        .isEqualTo(once);
    assertThat(
            new Evaluator(
                    new Splits(splits.train(), splits.test()),
                    StripedSplits.PREPROCESSING,
                    all,
                    StripedSplits.SEED + 1,
                    1)
                .run(splits.encoder(), true, () -> false))
        .isNotEqualTo(once);
  }

  @Test
  void refusesWhatCannotBeEvaluated() {
    assertThatThrownBy(
            () -> splits.evaluate(List.of(), List.of(), StripedSplits.settings(true, 0), false))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("There is no picture to evaluate on.");
    assertThatThrownBy(
            () -> new Splits(splits.train(), List.of(splits.test().get(0), splits.test().get(0))))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("The test split has the id 'p0' twice.");
    FeatureExtractor diverged =
        x -> new Features(splits.encoder().features(x).classToken().log(), null, null);
    assertThatThrownBy(() -> splits.evaluate(diverged, StripedSplits.settings(true, 0)))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("gives NaN for");
  }

  @Test
  void canBeCancelledBetweenBatches() {
    List<Integer> batches = new ArrayList<>();
    FeatureExtractor counting =
        x -> {
          batches.add((int) x.getShape().get(0));
          return splits.encoder().features(x);
        };
    Evaluator evaluator =
        new Evaluator(
            new Splits(splits.train(), splits.test()),
            StripedSplits.PREPROCESSING,
            StripedSplits.settings(true, 0),
            StripedSplits.SEED,
            2);

    assertThatThrownBy(() -> evaluator.run(counting, false, () -> batches.size() == 2))
        .isInstanceOf(CancellationException.class);
    assertThat(batches).containsExactly(8, 8);
  }
}
