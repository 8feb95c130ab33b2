package io.lodisc.standalone.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lodisc jobs logs}. */
@Command(name = "logs", description = "Prints a job's log.", mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

  @Mixin private ServerOption server;

  @Parameters(paramLabel = "JOB")
  private String job;

  @Option(names = "--tail", paramLabel = "N", description = "Only the last lines.")
  private Integer tail;

  @Override
  public Integer call() throws IOException {
    String path = "/" + job + "/logs" + (tail == null ? "" : "?tail=" + tail);
    try (InputStream log = server.client().open(path, null, null)) {
      log.transferTo(System.out);
    }
    return 0;
  }
}
