package io.lodisc.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resident memory of this process, as Linux counts it. */
final class Memory {

  private Memory() {}

  static long peakMebibytes() throws IOException {
    return mebibytes("VmHWM:");
  }

  static long residentMebibytes() throws IOException {
    return mebibytes("VmRSS:");
  }

  private static long mebibytes(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith(field))
            .map(line -> line.replaceAll("\\D", ""))
            .mapToLong(Long::parseLong)
            .findFirst()
            .orElse(0)
        / 1024;
  }
}
