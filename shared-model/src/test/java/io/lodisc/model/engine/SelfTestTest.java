package io.lodisc.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfTestTest {

  private static final Libtorch BUILT_FOR = new Libtorch("2.7.1", "cpu");

  @Test
  void theEngineOfTheTestsPasses() {
    SelfTest passed = SelfTest.run();

    assertThat(passed.version()).isEqualTo(Libtorch.expectedVersion()).isEqualTo("2.7.1");
    assertThat(passed.flavor()).isEqualTo("cpu");
    assertThat(passed.device()).isEqualTo("cpu");
  }

  @Test
  void libtorchTellsItsBuild() {
    assertThat(
            Libtorch.of("CUDA_VERSION=12.8, CUDNN_VERSION=9.7.1, TORCH_VERSION=2.7.1, USE_CUDA=ON"))
        .isEqualTo(new Libtorch("2.7.1", "cu128"));
    assertThat(Libtorch.of("TORCH_VERSION=2.5.0, USE_CUDA=0"))
        .isEqualTo(new Libtorch("2.5.0", "cpu"));
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatThrownBy(() -> SelfTest.right(new Libtorch("2.7.0", "cpu"), BUILT_FOR))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("libtorch 2.7.0 was loaded")
        .hasMessageContaining("needs libtorch 2.7.1")
        .hasMessageContaining("PYTORCH_LIBRARY_PATH");
  }

  @Test
  void anotherFlavorIsRefused() {
    assertThatThrownBy(() -> SelfTest.right(new Libtorch("2.7.1", "cu128"), BUILT_FOR))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("PYTORCH_FLAVOR=cu128");
  }

  @Test
  void aWrongNumberATypeAndANumberTooManyAreFound() {
    Torch.start();
    List<String> wrong = new ArrayList<>();
    try (NDManager manager = Torch.manager()) {
      double[] expected = {1, 2};
      SelfTest.differ(wrong, "right", manager.create(new float[] {1, 2}), expected, 0);
      SelfTest.differ(wrong, "off", manager.create(new float[] {1, 2.5f}), expected, 0.1);
      SelfTest.differ(wrong, "none", manager.create(new float[] {1, Float.NaN}), expected, 0.1);
      SelfTest.differ(
          wrong, "typed", manager.create(expected).toType(DataType.FLOAT64, true), expected, 0);
      SelfTest.differ(wrong, "long", manager.create(new float[] {1, 2, 3}), expected, 0);
    }
    assertThat(wrong)
        .containsExactly(
            "off is 2.5, not 2.0",
            "none is NaN, not 2.0",
            "typed is float64",
            "long has 3 values, not 2");
  }
}
