package io.lodisc.web.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a program that prints what nvidia-smi does: these machines have no GPU. */
class GpuMetersTest {

  @TempDir private Path folder;
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void showWhatTheProgramTells() throws Exception {
    Path program =
        program(
            """
            [ "$*" = "--query-gpu=index,memory.used,memory.free,utilization.gpu --format=csv,noheader,nounits" ] || exit 2
            echo '0, 1234, 79325, 37'
            echo '1, 2, 80557, [N/A]'
            """);
    GpuMeters meters = new GpuMeters(program.toString());
    meters.bindTo(registry);
    try {
      waitForSeries();
      assertThat(memory("0", "used")).isEqualTo(1234.0 * 1024 * 1024);
      assertThat(memory("1", "free")).isEqualTo(80557.0 * 1024 * 1024);
      assertThat(load("0")).isEqualTo(0.37);
      assertThat(load("1")).isNaN();
    } finally {
      meters.destroy();
    }
  }

  @Test
  void showNothingWhereThereIsNoSuchProgram() {
    GpuMeters meters = new GpuMeters("lodisc-no-such-program");
    meters.bindTo(registry);
    meters.destroy();

    assertThat(registry.getMeters()).isEmpty();
  }

  private Path program(String body) throws IOException {
    return Files.writeString(
        Files.createFile(
            folder.resolve("smi"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))),
        "#!/bin/bash\n" + body);
  }

  private void waitForSeries() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (registry.find("lodisc.gpu.utilization.ratio").gauge() == null) {
      assertThat(System.nanoTime()).as("no series").isLessThan(end);
      Thread.sleep(20);
    }
  }

  private double memory(String gpu, String state) {
    return registry.get("lodisc.gpu.memory").tags("gpu", gpu, "state", state).gauge().value();
  }

  private double load(String gpu) {
    return registry.get("lodisc.gpu.utilization.ratio").tag("gpu", gpu).gauge().value();
  }
}
