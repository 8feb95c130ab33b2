package io.lodisc.training.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The training service in a JVM of its own, to be killed, stopped and continued. */
public final class WorkerProcess implements AutoCloseable {

  private final Process process;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one and does not wait for it.
   *
   * @param main its main class
   * @param home its lodisc.home
   * @param properties such as {@code lodisc.training.workers=2}
   */
  public static WorkerProcess start(
      Class<?> main, String databaseUrl, Path home, List<String> properties) throws IOException {
    return start(main, databaseUrl, home, properties, Map.of());
  }

  /** The same with variables in its environment. */
  public static WorkerProcess start(
      Class<?> main,
      String databaseUrl,
      Path home,
      List<String> properties,
      Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            "--spring.datasource.url=" + databaseUrl,
            "--spring.datasource.username=postgres",
            "--spring.datasource.password=",
            "--spring.main.banner-mode=off",
            "--lodisc.training.worker.self-test=false", // has tests of its own
            "--lodisc.home=" + home));
    properties.forEach(property -> command.add("--" + property));
    Path log = Files.createTempFile("worker", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("MANAGEMENT_SERVER_PORT", "0");
    builder.environment().putAll(environment);
    return new WorkerProcess(builder.start(), log);
  }

  /** Returns when the whole service has started; fails, with what it wrote, if it ends before. */
  public WorkerProcess awaitStart() throws InterruptedException {
    while (!log().contains("Started TrainingApplication")) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("it does not start: " + log());
      }
    }
    return this;
  }

  /** Where a data source's database is. */
  public static String url(DataSource database) {
    try (Connection connection = database.getConnection()) {
      return connection.getMetaData().getURL();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The processes of its jobs. */
  public List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL, to itself alone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; returns when it has ended. */
  public void terminate() throws InterruptedException {
    process.destroy();
    exitCode();
  }

  /** How it ended, once it has. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end: " + log());
    }
    return process.exitValue();
  }

  /** Such as STOP and CONT. */
  public void signal(String name) throws IOException, InterruptedException {
    signal(name, process.toHandle());
  }

  public static void signal(String name, ProcessHandle process)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException, IOException {
    children().forEach(ProcessHandle::destroyForcibly);
    kill();
    Files.delete(log);
  }
}
