package io.lodisc.standalone.server;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a standalone server keeps things and where it listens. */
public final class ServerOptions {

  private static final int MANAGEMENT_PORT = 9080;

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
      names = "--management-port",
      paramLabel = "N",
      description =
          "Port of health and metrics, 0 for any free one (default: 9080, or any if --port is 0).")
  private Integer managementPort;

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

  int managementPort() {
    return managementPort != null ? managementPort : port == 0 ? 0 : MANAGEMENT_PORT;
  }

  String database() {
    return database;
  }

  List<Path> datasetRoots() {
    return datasetRoots;
  }
}
