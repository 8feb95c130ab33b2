package io.lodisc.inference.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Torch;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the engine computes: without it this service answers nothing. */
@Component("engineHealthIndicator")
class EngineHealth implements HealthIndicator {

  EngineHealth(EngineStart started) {}

  @Override
  public Health health() {
    try (NDManager manager = Torch.manager();
        NDArray ones = manager.ones(new Shape(2, 2))) {
      float sum = ones.matMul(ones).sum().getFloat();
      return (sum == 8 ? Health.up() : Health.down().withDetail("sum", sum)).build();
    } catch (RuntimeException e) {
      return Health.down(e).build();
    }
  }
}
