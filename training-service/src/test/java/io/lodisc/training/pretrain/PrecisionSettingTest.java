package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.model.engine.Precision;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PrecisionSettingTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void float32UnlessNamed() {
    assertThat(SettingsJson.read("{}").precision()).isEqualTo(Precision.FP32);
    assertThat(SettingsJson.read("{\"profile\": \"released\"}").precision())
        .isEqualTo(Precision.FP32);
    assertThat(SettingsJson.read("{\"precision\": \"tf32\"}").precision())
        .isEqualTo(Precision.TF32);
    assertThat(SettingsJson.read("{\"precision\": \"bf16\"}").precision())
        .isEqualTo(Precision.BF16);
  }

  @Test
  void anotherNameIsRefusedWithTheOnesThereAre() {
    assertThatThrownBy(() -> SettingsJson.read("{\"precision\": \"fp16\"}"))
        .hasMessageContaining("fp16")
        .hasMessageContaining("bf16");
  }

  @Test
  void aCheckpointOfAnotherPrecisionIsOfAnotherRun() {
    Settings float32 = SettingsJson.read("{}");
    Settings mixed = SettingsJson.read("{\"precision\": \"bf16\"}");

    assertThat(SettingsJson.sameRun(mixed, mixed)).isTrue();
    assertThat(SettingsJson.sameRun(float32, mixed)).isFalse();
    assertThat(SettingsJson.sameRun(mixed, float32)).isFalse();
  }

  @Test
  void aRunBegunBeforeThereWasAChoiceIsOneInFloat32() {
    ObjectNode before = JSON.valueToTree(SettingsJson.read("{}"));
    before.remove("precision");

    assertThat(SettingsJson.settings(before).precision()).isEqualTo(Precision.FP32);
    assertThat(SettingsJson.sameRun(before, SettingsJson.read("{}"))).isTrue();
  }
}
