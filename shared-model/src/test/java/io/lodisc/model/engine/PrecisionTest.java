package io.lodisc.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrecisionTest {

  private static final String MATRICES = "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE";
  private static final String LIBRARIES = "NVIDIA_TF32_OVERRIDE";

  @Test
  void onlyTf32LetsAGpuTakeIt() {
    Map<String, String> forbidding = new HashMap<>(Map.of(LIBRARIES, "0", "HOME", "/root"));
    Precision.TF32.prepare(forbidding);

    assertThat(forbidding).isEqualTo(Map.of(MATRICES, "1", "HOME", "/root"));
  }

  @ParameterizedTest
  @EnumSource(names = {"FP32", "BF16"})
  void theOthersForbidItWhateverWasInherited(Precision precision) {
    Map<String, String> allowing = new HashMap<>(Map.of(MATRICES, "1", LIBRARIES, "1"));
    precision.prepare(allowing);

    assertThat(allowing).isEqualTo(Map.of(MATRICES, "0", LIBRARIES, "0"));
  }

  @ParameterizedTest
  @EnumSource
  void aProcessIsPreparedForWhatItsEnvironmentWasMadeFor(Precision precision) {
    Map<String, String> environment = new HashMap<>();
    assertThat(precision.isPrepared(environment)).isFalse();
    precision.prepare(environment);

    assertThat(precision.isPrepared(environment)).isTrue();
    assertThat(Precision.TF32.isPrepared(environment)).isEqualTo(precision == Precision.TF32);
  }
}
