package io.lodisc.model.method.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.random.Counter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MaskStrategyTest {

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
  void locationKeepsAllButTheFloorOfTheRatio() {
    assertThat(kept("location", 0.7, 196)).isEqualTo(59);
    assertThat(kept("location", 0.3, 196)).isEqualTo(138);
    assertThat(kept("location", 0.0, 9)).isEqualTo(9);
    assertThat(kept("location", 0.3, 10)).isEqualTo(7);
  }

  @Test
  void theAuthorsCodeKeepsOnePatchLess() {
    assertThat(kept("location-strict", 0.7, 196)).isEqualTo(58);
  }

  @Test
  void locationKeepsTiesAtTheThresholdAndTheAuthorsCodeDoesNot() {
    NDArray importance = manager.create(new float[] {1, 3, 2, 2, 2, 0}, new Shape(1, 6));

    assertThat(MaskStrategy.named("location").mask(importance, 0.5).toFloatArray())
        .containsExactly(0, 1, 1, 1, 1, 0);
    assertThat(MaskStrategy.named("location-strict").mask(importance, 0.5).toFloatArray())
        .containsExactly(0, 1, 0, 0, 0, 0);
  }

  @Test
  void gridKeepsOneOfEveryFour() {
    assertThat(mask("grid", 4, 0.7))
        .containsExactly(1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0);
  }

  @Test
  void borderKeepsTheCentre() {
    assertThat(mask("border", 4, 0.75))
        .containsExactly(0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0);
    float[] mask = mask("border", 14, 0.7);
    for (int i = 0; i < mask.length; i++) {
      boolean inner = Math.max(Math.abs(i / 14 - 6.5), Math.abs(i % 14 - 6.5)) < 3;
      boolean outer = Math.max(Math.abs(i / 14 - 6.5), Math.abs(i % 14 - 6.5)) > 4;
      assertThat(mask[i]).isEqualTo(inner ? 1 : outer ? 0 : mask[i]);
    }
  }

  @Test
  void randomIsDrawnForEachViewAndTheSameInTheSamePlace() {
    float[] mask = mask("random", 14, 0.7);

    assertThat(mask).containsExactly(mask("random", 14, 0.7));
    MaskedViews two = new MaskedViews(manager, null, 2, 14, Counter.at(3));
    NDArray both = MaskStrategy.named("random").scores(two);
    assertThat(both.get(0).toFloatArray()).isNotEqualTo(both.get(1).toFloatArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "border"})
  void othersKeepAsManyAsLocation(String name) {
    for (double ratio : new double[] {0.3, 0.5, 0.7, 0.8}) {
      int ones = (int) manager.create(mask(name, 14, ratio)).sum().getFloat();
      assertThat(ones).isEqualTo(kept("location", ratio, 196));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"location", "location-strict", "random", "grid", "border"})
  void theKeptPatchesAreThoseOfTheMask(String name) {
    MaskStrategy strategy = MaskStrategy.named(name);
    NDArray importance = manager.create(Counter.at(5).doubles(2 * 49).toArray());
    MaskedViews views =
        new MaskedViews(
            manager,
            importance.toType(DataType.FLOAT32, false).reshape(2, 49),
            2,
            7,
            Counter.at(1));
    NDArray scores = strategy.scores(views);
    float[] mask = strategy.mask(scores, 0.6).toFloatArray();
    int kept = strategy.kept(49, 0.6);

    float[] marked = new float[98];
    long[] indices = Patches.indices(scores, kept).toLongArray();
    for (int i = 0; i < indices.length; i++) {
      marked[i / kept * 49 + (int) indices[i]] = 1;
    }
    assertThat(marked).containsExactly(mask);
  }

  @Test
  void isItsNameInJson() {
    JsonMapper json = JsonMapper.builder().build();

    assertThat(json.writeValueAsString(MaskStrategy.named("grid"))).isEqualTo("\"grid\"");
    assertThat(json.readValue("\"grid\"", MaskStrategy.class).name()).isEqualTo("grid");
    assertThatThrownBy(() -> json.readValue("\"spiral\"", MaskStrategy.class))
        .hasMessageContaining("location, location-strict, random, grid, border");
  }

  private static float[] mask(String name, int grid, double ratio) {
    MaskStrategy strategy = MaskStrategy.named(name);
    MaskedViews views = new MaskedViews(manager, null, 1, grid, Counter.at(1));
    return strategy.mask(strategy.scores(views), ratio).toFloatArray();
  }

  private static int kept(String name, double ratio, int patches) {
    NDArray importance = manager.arange(0f, patches, 1f).reshape(1, patches);
    float[] mask = MaskStrategy.named(name).mask(importance, ratio).toFloatArray();
    int ones = (int) manager.create(mask).sum().getFloat();
    assertThat(MaskStrategy.named(name).kept(patches, ratio)).isEqualTo(ones);
    return ones;
  }
}
