package io.lodisc.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EvaluationSettingsTest {

  @Test
  void theStartTheEndAndEveryFewEpochsAreDue() {
    EvaluationSettings everyFour = settings(4, 100, false);

    assertThat(IntStream.rangeClosed(0, 10).filter(e -> everyFour.isDue(e, 10)))
        .containsExactly(0, 4, 8, 10);
    assertThat(IntStream.rangeClosed(0, 10).filter(e -> everyFour.isProbeDue(e, 10)))
        .containsExactly(0, 10);
    assertThat(IntStream.rangeClosed(0, 10).filter(e -> settings(4, 100, true).isProbeDue(e, 10)))
        .containsExactly(0, 4, 8, 10);
  }

  @Test
  void zeroSwitchesOff() {
    assertThat(IntStream.rangeClosed(0, 10).filter(e -> settings(0, 100, true).isDue(e, 10)))
        .isEmpty();
    assertThat(IntStream.rangeClosed(0, 10).filter(e -> settings(1, 0, true).isProbeDue(e, 10)))
        .isEmpty();
  }

  @Test
  void theDefaultsAreValidAndComeBackFromJson() {
    JsonMapper json = JsonMapper.builder().build();
    String written = json.writeValueAsString(EvaluationSettings.DEFAULTS);

    assertThat(written).contains("\"probeViews\":\"augmented\"").doesNotContain("due");
    assertThat(json.readValue(written, EvaluationSettings.class))
        .isEqualTo(EvaluationSettings.DEFAULTS);
    try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
      assertThat(factory.getValidator().validate(EvaluationSettings.DEFAULTS)).isEmpty();
      EvaluationSettings wrong = new EvaluationSettings(-1, true, -1, true, null, 0, 7, 1.5);
      assertThat(factory.getValidator().validate(wrong)).hasSize(6);
    }
  }

  private static EvaluationSettings settings(int every, int probeEpochs, boolean always) {
    return new EvaluationSettings(
        every, true, probeEpochs, always, ProbeViews.AUGMENTED, 64, 512, 0);
  }
}
