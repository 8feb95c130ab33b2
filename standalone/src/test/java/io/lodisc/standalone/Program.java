package io.lodisc.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code lodisc serve} in a process of its own, as a user runs it. */
final class Program implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("lodisc is at (http://\\S+)");
  private static final Pattern MANAGEMENT =
      Pattern.compile("Health and metrics are at (http://\\S+)");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static Program serve(Path home, String... more) throws IOException {
    return serve(home, Map.of(), more);
  }

  /** The same with variables in its environment. */
  static Program serve(Path home, Map<String, String> variables, String... more)
      throws IOException {
    Path log = home.resolve("console.txt");
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "env", // a build in the background ignores interrupts, and its children would too
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Dlodisc.project=" + Home.PROJECT,
            "-cp",
            System.getProperty("java.class.path"),
            "io.lodisc.standalone.Lodisc",
            "serve",
            "--home",
            home.toString(),
            "--port",
            "0"));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new Program(builder.start(), log);
  }

  /** Waits until it serves. */
  URI url() throws IOException, InterruptedException {
    return address(ADDRESS);
  }

  /** Where its health and metrics are, once it serves. */
  URI managementUrl() throws IOException, InterruptedException {
    return address(MANAGEMENT);
  }

  /** What it wrote to the console so far. */
  String console() throws IOException {
    return Files.readString(log);
  }

  private URI address(Pattern line) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      Matcher address = line.matcher(console());
      if (address.find()) {
        return URI.create(address.group(1));
      }
      Thread.sleep(100);
    }
    throw new AssertionError("it does not serve:\n" + Files.readString(log));
  }

  /** This process, its children and their children. */
  List<ProcessHandle> family() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    return all;
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not stop on " + name);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (process.isAlive()) {
      signal("TERM");
    }
  }
}
