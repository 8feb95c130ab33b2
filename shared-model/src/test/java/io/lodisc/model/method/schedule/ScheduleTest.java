package io.lodisc.model.method.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Schedule COSINE = Schedule.named("cosine");

  @Test
  void warmsUpAndFallsByHalfACosine() {
    assertThat(COSINE.rate(2, 0, 10, 110)).isZero();
    assertThat(COSINE.rate(2, 5, 10, 110)).isEqualTo(1);
    assertThat(COSINE.rate(2, 10, 10, 110)).isEqualTo(2);
    assertThat(COSINE.rate(2, 60, 10, 110)).isCloseTo(1, within(1e-12));
    assertThat(COSINE.rate(2, 110, 10, 110)).isCloseTo(0, within(1e-12));
  }

  @Test
  void beginsAtThePeakWithoutWarmUp() {
    assertThat(COSINE.rate(0.5, 0, 0, 100)).isEqualTo(0.5);
  }

  @Test
  void aConstantRateWarmsUpAndStays() {
    Schedule constant = Schedule.named("constant");

    assertThat(constant.rate(2, 5, 10, 110)).isEqualTo(1);
    assertThat(constant.rate(2, 109, 10, 110)).isEqualTo(2);
  }

  @Test
  void momentumRisesToOne() {
    assertThat(Momentum.cosine(0.99, 0, 100)).isCloseTo(0.99, within(1e-12));
    assertThat(Momentum.cosine(0.99, 50, 100)).isCloseTo(0.995, within(1e-12));
    assertThat(Momentum.cosine(0.99, 100, 100)).isEqualTo(1);
  }

  @Test
  void anUnknownNameIsToldTheKnownOnes() {
    assertThatThrownBy(() -> Schedule.named("steps")).hasMessageContaining("cosine, constant");
  }
}
