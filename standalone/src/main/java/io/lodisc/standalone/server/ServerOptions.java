package io.lodisc.standalone.server;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a standalone server keeps things and where it listens. */
public final class ServerOptions {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Folder of the database, pictures and checkpoints (default: ~/.lodisc).")
  private Path home = Path.of(System.getProperty("user.home"), ".lodisc");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port to listen on, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "JDBC URL of a PostgreSQL to use instead of the embedded one, user and password in it.")
  private String database;

  @Option(
      names = "--dataset-root",
      paramLabel = "DIR",
      description = "Folder under which data sets may be registered; may be given several times.")
  private List<Path> datasetRoots = List.of();

  public Path home() {
    return home.toAbsolutePath().normalize();
  }

  int port() {
    return port;
  }

  String database() {
    return database;
  }

  List<Path> datasetRoots() {
    return datasetRoots;
  }
}
