package io.lodisc.standalone.server;

import io.lodisc.standalone.UserException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server of our own, its data in the home folder. */
final class EmbeddedDatabase implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);

  private final EmbeddedPostgres postgres;

  private EmbeddedDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static EmbeddedDatabase start(Path home) {
    Path data = home.resolve("postgres");
    stopLeftOver(data);
    try {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setOverrideWorkingDirectory(home.resolve("postgres-program").toFile())
              .setPGStartupWait(START)
              .start();
      return new EmbeddedDatabase(postgres);
    } catch (IOException | IllegalStateException e) {
      throw new UserException(
          "The embedded PostgreSQL does not start from %s: %s. Give --database URL to use another."
              .formatted(data, e.getMessage()));
    }
  }

  String url() {
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  /**
   * A server that outlived a killed program still holds the folder; nobody else can be using it.
   */
  private static void stopLeftOver(Path data) {
    Path file = data.resolve("postmaster.pid");
    try {
      if (Files.exists(file)) {
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        ProcessHandle.of(pid)
            .filter(p -> p.info().command().orElse("").contains("postgres"))
            .ifPresent(EmbeddedDatabase::stop);
      }
    } catch (IOException | NumberFormatException e) {
      throw new UserException("The file " + file + " cannot be read; remove it and try again.");
    }
  }

  private static void stop(ProcessHandle server) {
    server.destroy();
    try {
      server.onExit().orTimeout(START.toSeconds(), TimeUnit.SECONDS).join();
    } catch (RuntimeException e) {
      throw new UserException(
          "An earlier PostgreSQL (process %d) does not stop.".formatted(server.pid()));
    }
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      System.err.println("lodisc: PostgreSQL did not stop cleanly: " + e.getMessage());
    }
  }
}
