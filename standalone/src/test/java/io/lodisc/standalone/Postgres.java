package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Debian's PostgreSQL with its tools, which the embedded one lacks; it does not run as root. */
final class Postgres implements AutoCloseable {

  private final Path programs;
  private final Path data;
  private final int port;

  private Postgres(Path programs, Path data, int port) {
    this.programs = programs;
    this.data = data;
    this.port = port;
  }

  static Postgres start() throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("lodisc-postgres");
    Postgres postgres = new Postgres(programs(), data, freePort());
    if (root()) {
      run("chown", "postgres", data.toString());
    }
    postgres.program("initdb", "-D", data.toString(), "-U", "lodisc", "--auth=trust", "-N");
    postgres.program(
        "pg_ctl",
        "-D",
        data.toString(),
        "-w",
        "-l",
        data.resolve("log").toString(),
        "-o",
        "-p %d -k %s -c listen_addresses=localhost".formatted(postgres.port, data),
        "start");
    return postgres;
  }

  void create(String database) throws IOException, InterruptedException {
    program("createdb", "-h", "localhost", "-p", "" + port, "-U", "lodisc", database);
  }

  /** As libpq's programs take it. */
  String url(String database) {
    return "postgresql://lodisc@localhost:%d/%s".formatted(port, database);
  }

  /** As a JDBC driver takes it. */
  String jdbcUrl(String database) {
    return "jdbc:postgresql://localhost:%d/%s?user=lodisc".formatted(port, database);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    program("pg_ctl", "-D", data.toString(), "-m", "immediate", "stop");
    run("rm", "-r", data.toString());
  }

  private void program(String name, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (root()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(name).toString());
    command.addAll(List.of(arguments));
    run(command.toArray(String[]::new));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/tmp").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
    Files.delete(output);
  }

  private static boolean root() {
    return System.getProperty("user.name").equals("root");
  }

  private static Path programs() throws IOException {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions.map(version -> version.resolve("bin")).sorted().toList().getLast();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
