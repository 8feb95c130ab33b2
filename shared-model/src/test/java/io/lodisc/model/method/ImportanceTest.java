package io.lodisc.model.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Torch;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ImportanceTest {

  private static NDManager manager;

  @BeforeAll
  static void start() {
    Torch.start();
    manager = Torch.manager();
  }

  @AfterAll
  static void stop() {
    manager.close();
  }

  @Test
  void importanceIsTheProductOverLayersOfTheMeanOverHeads() {
    // one picture, two heads, one row (the class token's), itself and two patches
    NDArray first =
        manager.create(new float[] {.5f, .2f, .3f, .1f, .4f, .5f}, new Shape(1, 2, 1, 3));
    NDArray second = manager.create(new float[] {0, .5f, .5f, 0, .1f, .9f}, new Shape(1, 2, 1, 3));

    float[] importance = Importance.of(List.of(first, second)).toFloatArray();

    assertThat(importance[0]).isCloseTo((float) Math.log(.3 * .3), within(1e-6f));
    assertThat(importance[1]).isCloseTo((float) Math.log(.4 * .7), within(1e-6f));
  }

  @Test
  void importanceStaysFiniteWhereAttentionUnderflows() {
    NDArray none = manager.zeros(new Shape(1, 1, 1, 3));

    for (float value : Importance.of(List.of(none, none)).toFloatArray()) {
      assertThat(value).isFinite();
    }
  }
}
