package io.lodisc.training.child;

import io.lodisc.model.engine.Precision;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A job's process. It ends by itself when its standard input ends: this process is gone then. */
public final class Child {

  private final Process process;
  private final Thread reader;

  private Child(Process process, Thread reader) {
    this.process = process;
    this.reader = reader;
  }

  /**
   * Starts it.
   *
   * @param folder its working folder, where log.txt gets all that is no event
   * @param precision that its environment is to be for
   * @param events called on a thread of the child's own
   */
  public static Child start(
      List<String> command, Path folder, Precision precision, Consumer<ChildEvent> events)
      throws IOException {
    return start(command, folder, precision, Map.of(), events);
  }

  /** The same with variables in its environment, which its own children get too. */
  public static Child start(
      List<String> command,
      Path folder,
      Precision precision,
      Map<String, String> variables,
      Consumer<ChildEvent> events)
      throws IOException {
    Path log = folder.resolve("log.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    ChildEnvironment.prepare(builder.environment(), precision);
    builder.environment().putAll(variables);
    Process process = builder.start();
    ChildOutput output = new ChildOutput(log, events);
    Thread reader =
        Thread.ofPlatform()
            .daemon()
            .name("training-output-" + process.pid())
            .start(LogContext.carried(() -> output.read(process.getInputStream())));
    return new Child(process, reader);
  }

  /** Whether it has ended, and all it said was heard, within that time. */
  public boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS) && reader.join(time);
  }

  /** Writes a line to its standard input. */
  public void ask(String what) {
    try {
      OutputStream in = process.getOutputStream();
      in.write((what + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      // It is ending already.
    }
  }

  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** The memory it has in use now, in MiB, as Linux counts it; 0 where that is not told. */
  public long memoryMebibytes() {
    try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return status
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0; // it has ended, or this is no Linux
    }
  }

  /** Of a process that has ended. */
  public int exit() {
    return process.exitValue();
  }
}
