package io.lodisc.model.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SchedulesTest {

  @Test
  void warmsUpAndFallsByHalfACosine() {
    assertThat(Schedules.learningRate(2, 0, 10, 110)).isZero();
    assertThat(Schedules.learningRate(2, 5, 10, 110)).isEqualTo(1);
    assertThat(Schedules.learningRate(2, 10, 10, 110)).isEqualTo(2);
    assertThat(Schedules.learningRate(2, 60, 10, 110)).isCloseTo(1, within(1e-12));
    assertThat(Schedules.learningRate(2, 110, 10, 110)).isCloseTo(0, within(1e-12));
  }

  @Test
  void beginsAtThePeakWithoutWarmUp() {
    assertThat(Schedules.learningRate(0.5, 0, 0, 100)).isEqualTo(0.5);
  }

  @Test
  void momentumRisesToOne() {
    assertThat(Schedules.momentum(0.99, 0, 100)).isCloseTo(0.99, within(1e-12));
    assertThat(Schedules.momentum(0.99, 50, 100)).isCloseTo(0.995, within(1e-12));
    assertThat(Schedules.momentum(0.99, 100, 100)).isEqualTo(1);
  }
}
