package io.lodisc.training.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.engine.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildEnvironmentTest {

  private static final String TF32 = "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE";

  @TempDir private Path folder;

  @Test
  void aProcessMayTakeTf32IfAndOnlyIfItIsToldTo() throws Exception {
    assertThat(environmentOf(Precision.TF32)).contains(TF32 + "=1");
    assertThat(environmentOf(Precision.FP32)).contains(TF32 + "=0");
    assertThat(environmentOf(Precision.BF16)).contains(TF32 + "=0");
  }

  @Test
  void whatAnOperatorHasSetStaysButForSecretsAndThePrecision() {
    Map<String, String> environment = new HashMap<>();
    environment.put("OMP_WAIT_POLICY", "ACTIVE");
    environment.put("LODISC_PASSWORD", "x");
    environment.put(TF32, "1");

    ChildEnvironment.prepare(environment, Precision.FP32);

    assertThat(environment)
        .containsEntry("OMP_WAIT_POLICY", "ACTIVE")
        .containsEntry(TF32, "0")
        .doesNotContainKey("LODISC_PASSWORD");
  }

  /** As a process sees it that prints it. */
  private List<String> environmentOf(Precision precision) throws IOException, InterruptedException {
    Path run = Files.createDirectory(folder.resolve(precision.name()));
    Child child = Child.start(List.of("env"), run, precision, event -> {});
    assertThat(child.endsWithin(Duration.ofSeconds(30))).isTrue();
    return Files.readAllLines(run.resolve("log.txt"));
  }
}
