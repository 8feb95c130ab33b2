package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.metrics.Collapse;
import io.lodisc.training.evaluation.Evaluation;
import io.lodisc.training.evaluation.Measures;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarningsTest {

  private static final Measures GOOD = measures(new Collapse(false, List.of()));
  private static final Measures FLAT = measures(new Collapse(true, List.of("It is flat.", "So.")));

  @Test
  void aCollapseIsToldWithItsReasonsForEachFeature() {
    assertThat(Warnings.of(0, 4, evaluation(FLAT, GOOD)))
        .containsExactly("The class token has collapsed at epoch 4. It is flat. So.");
    assertThat(Warnings.of(0, 4, evaluation(GOOD, FLAT)))
        .containsExactly("The predictor's output has collapsed at epoch 4. It is flat. So.");
  }

  @Test
  void picturesThatWereReplacedAreCounted() {
    assertThat(Warnings.of(1, 0, null)).singleElement().asString().startsWith("1 picture could");
    assertThat(Warnings.of(2, 0, null)).singleElement().asString().startsWith("2 pictures could");
  }

  @Test
  void aGoodRunHasNone() {
    assertThat(Warnings.of(0, 4, evaluation(GOOD, null))).isEmpty();
    assertThat(Warnings.of(0, 4, evaluation(measures(null), null))).isEmpty();
  }

  private static Measures measures(Collapse collapse) {
    return new Measures(null, null, null, null, null, null, collapse);
  }

  private static Evaluation evaluation(Measures classToken, Measures predicted) {
    return new Evaluation("test", 9, 0, 0, classToken, predicted, null, List.of());
  }
}
