package io.lodisc.training.worker;

import io.lodisc.model.engine.EngineException;
import io.lodisc.model.engine.Precision;
import io.lodisc.training.child.ChildCommand;
import io.lodisc.training.child.ChildEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tests the engine as a job will find it, in a process of its own, before a worker takes any. */
final class EngineGate {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String HEAP = "256m";
  private static final Logger log = LoggerFactory.getLogger(EngineGate.class);

  private EngineGate() {}

  /**
   * Returns when the test has passed.
   *
   * @param folder where its process runs
   * @throws EngineException if it has not
   */
  static void pass(Path folder) throws InterruptedException {
    List<String> command =
        ChildCommand.of(
            System.getProperty("java.class.path"), EngineTestProcess.class.getName(), HEAP, folder);
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      ChildEnvironment.prepare(builder.environment(), Precision.FP32);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new EngineException(
            "The engine did not answer within " + PATIENCE.toMinutes() + " min.");
      }
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new EngineException(
            said.isEmpty() ? "Its process ended with " + process.exitValue() + "." : said);
      }
      log.info("The engine passed its self-test: {}", said);
    } catch (IOException e) {
      throw new UncheckedIOException("The engine cannot be tested", e);
    }
  }
}
