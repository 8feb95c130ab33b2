package io.lodisc.standalone.jobs;

import java.net.URI;
import picocli.CommandLine.Option;

/** Which server is meant, and who asks. */
final class ServerOption {

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:LODISC:-http://localhost:8080}",
      description = "The server (default: $LODISC, else http://localhost:8080).")
  private URI server;

  @Option(names = "--user", paramLabel = "NAME", description = "Who asks (default: anonymous).")
  private String user = "anonymous";

  JobsClient client() {
    return new JobsClient(server, user);
  }
}
