package io.lodisc.web.monitoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;

/**
 * Memory and load of this machine's GPUs, as nvidia-smi tells them. Without that program there is
 * no series.
 */
class GpuMeters implements MeterBinder, DisposableBean {

  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long MEBIBYTE = 1 << 20;

  /** One GPU now; a number that it does not tell is NaN. */
  record Gpu(String index, double used, double free, double load) {

    /** Of a line such as {@code 0, 1234, 80325, 37}: index, MiB, MiB, per cent. */
    static Gpu of(String line) {
      String[] fields = line.split("\\s*,\\s*");
      return new Gpu(
          fields[0].strip(),
          number(fields[1]) * MEBIBYTE,
          number(fields[2]) * MEBIBYTE,
          number(fields[3]) / 100);
    }

    private static double number(String text) {
      try {
        return Double.parseDouble(text.strip());
      } catch (NumberFormatException e) {
        return Double.NaN; // [N/A], as of a part of a GPU
      }
    }
  }

  private final String program;
  private Sampling<List<Gpu>> sampling;

  GpuMeters(@Value("${lodisc.monitoring.nvidia-smi:nvidia-smi}") String program) {
    this.program = program;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Optional<Path> found = found();
    if (found.isEmpty()) {
      return;
    }
    MultiGauge memory =
        MultiGauge.builder("lodisc.gpu.memory")
            .description("Memory of a GPU that is used, and that is free")
            .baseUnit("bytes")
            .register(registry);
    MultiGauge load =
        MultiGauge.builder("lodisc.gpu.utilization.ratio")
            .description("Share of the time in which a GPU computed")
            .register(registry);
    sampling =
        new Sampling<>(
            "GPUs",
            EVERY,
            () -> {
              List<Gpu> gpus = List.of();
              try {
                gpus = ask(found.get());
              } finally {
                memory.register(gpus.stream().flatMap(GpuMeters::memory).toList(), true);
                load.register(gpus.stream().<Row<?>>map(GpuMeters::load).toList(), true);
              }
              return gpus;
            });
  }

  private static Stream<Row<?>> memory(Gpu gpu) {
    return Stream.of(
        Row.of(Tags.of("gpu", gpu.index(), "state", "used"), gpu.used()),
        Row.of(Tags.of("gpu", gpu.index(), "state", "free"), gpu.free()));
  }

  private static Row<?> load(Gpu gpu) {
    return Row.of(Tags.of("gpu", gpu.index()), gpu.load());
  }

  private static List<Gpu> ask(Path program) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--query-gpu=index,memory.used,memory.free,utilization.gpu",
                "--format=csv,noheader,nounits")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(program + " does not answer");
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said.lines().filter(line -> line.contains(",")).map(Gpu::of).toList();
  }

  /** The program itself, or the one of that name on the PATH. */
  private Optional<Path> found() {
    return Stream.concat(
            Stream.of(Path.of(program)).filter(Path::isAbsolute),
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public void destroy() {
    if (sampling != null) {
      sampling.close();
    }
  }
}
