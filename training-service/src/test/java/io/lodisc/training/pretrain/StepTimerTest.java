package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StepTimerTest {

  private final AtomicLong clock = new AtomicLong(17);
  private final StepTimer timer = new StepTimer(clock::get);

  @Test
  void whatLiesBetweenStepsDoesNotCount() {
    assertThat(timer.stepsPerSecond()).isZero();
    assertThat(step(500)).isEqualTo(0.5);
    pass(60_000);
    assertThat(step(1500)).isEqualTo(1.5);
    pass(60_000);

    assertThat(timer.stepsPerSecond()).isEqualTo(1);
  }

  @Test
  void thePaceIsThatOfTheLastFiftySteps() {
    step(1_000_000);
    for (int i = 0; i < 49; i++) {
      step(100);
    }
    assertThat(timer.stepsPerSecond()).isCloseTo(50 / 1004.9, within(1e-9));
    step(100);
    assertThat(timer.stepsPerSecond()).isCloseTo(10, within(1e-9));
  }

  private double step(long milliseconds) {
    timer.begin();
    pass(milliseconds);
    return timer.end();
  }

  private void pass(long milliseconds) {
    clock.addAndGet(milliseconds * 1_000_000);
  }
}
