package io.lodisc.model.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.checkpoint.SafeTensors;
import io.lodisc.model.checkpoint.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceCheckTest {

  private static final Path REFERENCES = Path.of("src/test/resources/reference");

  @ParameterizedTest
  @ValueSource(strings = {"lodisc-tiny", "lodisc-tiny-learned", "mocov3-tiny", "local-tiny"})
  void theStepGivesPyTorchsNumbers(String name) throws IOException {
    List<Quantity> quantities = ReferenceCheck.run(REFERENCES.resolve(name));

    assertThat(quantities)
        .hasSizeGreaterThan(100)
        .allSatisfy(quantity -> assertThat(quantity.ok()).as(quantity.toString()).isTrue());
  }

  @Test
  void theFirstStepsLimitsStayNarrow() throws IOException {
    List<Quantity> quantities = ReferenceCheck.run(REFERENCES.resolve("lodisc-tiny"));

    assertThat(quantities)
        .filteredOn(q -> q.name().matches("step0\\.(q|k|l|importance|loss).*|embed.*"))
        .isNotEmpty()
        .allSatisfy(q -> assertThat(q.limit()).as(q.toString()).isLessThan(1e-4));
    assertThat(quantities)
        .filteredOn(q -> q.name().matches("step2\\.after\\..*weight"))
        .isNotEmpty()
        .allSatisfy(q -> assertThat(q.limit()).as(q.toString()).isLessThan(1e-2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"temperature\": 0.2 > \"temperature\": 0.21",
        "\"momentum\": 0.99 > \"momentum\": 0.985",
        "\"mask_ratio\": 0.7 > \"mask_ratio\": 0.6",
        "\"lr\": 0.001 > \"lr\": 0.0011",
        "\"weight_decay\": 0.1 > \"weight_decay\": 1.5",
        "\"branches\": \"global+local\" > \"branches\": \"global\"",
        "\"heads\": 4 > \"heads\": 8"
      })
  void anotherHyperParameterFails(String change, @TempDir Path folder) throws IOException {
    copy(REFERENCES.resolve("lodisc-tiny"), folder);
    String[] sides = change.split(" > ");
    Path config = folder.resolve("config.json");
    String text = Files.readString(config);
    assertThat(text).contains(sides[0]);
    Files.writeString(config, text.replace(sides[0], sides[1]));

    assertThat(ReferenceCheck.run(folder)).anyMatch(quantity -> !quantity.ok());
  }

  @Test
  void aSlightlyChangedActivationFails(@TempDir Path folder) throws IOException {
    copy(REFERENCES.resolve("mocov3-tiny"), folder);
    Path step = folder.resolve("step1.safetensors");
    Map<String, Tensor> tensors = SafeTensors.read(step);
    tensors.get("k2").values()[5] += 0.01f;
    Files.delete(step);
    SafeTensors.write(step, tensors);

    assertThat(ReferenceCheck.run(folder))
        .filteredOn(quantity -> !quantity.ok())
        .extracting(Quantity::name)
        .containsExactly("step1.k2");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
