package io.lodisc.deployment.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that stands for a container.
 *
 * @param ports of this machine by those of the container
 * @param healthCheck exits with 0 once it is ready; empty if it is at once
 */
record Instance(
    String service,
    Process process,
    Map<Integer, Integer> ports,
    List<String> healthCheck,
    Map<String, String> environment,
    Path log) {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration GRACE = Duration.ofSeconds(90);

  boolean isReady() {
    if (healthCheck.isEmpty()) {
      return process.isAlive();
    }
    try {
      ProcessBuilder check =
          new ProcessBuilder(healthCheck)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      check.environment().putAll(environment);
      return process.isAlive() && check.start().waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void awaitReady() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("%s does not get ready:\n%s".formatted(service, tail()));
      }
      Thread.sleep(200);
    }
  }

  /** As docker stop does. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("%s does not stop:\n%s".formatted(service, tail()));
    }
  }

  String tail() {
    try {
      String text = Files.readString(log);
      return text.substring(Math.max(0, text.length() - 8000));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
