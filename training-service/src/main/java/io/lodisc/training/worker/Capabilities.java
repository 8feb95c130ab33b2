package io.lodisc.training.worker;

import com.sun.management.OperatingSystemMXBean;
import io.lodisc.training.TrainingProperties;
import io.lodisc.training.queue.Worker;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this machine offers, where its operator has not said. */
final class Capabilities {

  private static final Path NVIDIA = Path.of("/dev/nvidiactl");
  private static final long MEBIBYTE = 1 << 20;

  private Capabilities() {}

  static Worker of(String name, List<String> types, TrainingProperties.Worker said) {
    boolean gpu = said.gpu() == null ? Files.exists(NVIDIA) : said.gpu();
    long memory = said.memory() == null ? machineMemory() : said.memory().toBytes();
    return new Worker(name, types, gpu, memory / MEBIBYTE, said.labels());
  }

  /** Of the machine, or of the container that this process is in. */
  private static long machineMemory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
