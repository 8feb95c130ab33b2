package io.lodisc.standalone.jobs;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code lodisc jobs watch}. */
@Command(
    name = "watch",
    description = "Follows a job to its end; fails if the job does.",
    mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {

  @Mixin private ServerOption server;

  @Parameters(paramLabel = "JOB")
  private String job;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return new Watching(server.client(), job, System.out).toTheEnd();
  }
}
