package io.lodisc.standalone.command;

import io.lodisc.standalone.server.Server;
import io.lodisc.standalone.server.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lodisc serve}. */
@Command(
    name = "serve",
    description = "Runs the whole platform in one process, until it is interrupted.",
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {

  @Mixin private ServerOptions options;

  @Override
  public Integer call() throws InterruptedException {
    try (Server server = Server.start(options, true)) {
      System.out.println("Health and metrics are at " + server.managementUrl());
      System.out.println("Its API is described at " + server.url() + "/swagger-ui");
      System.out.println("lodisc is at " + server.url());
      server.awaitInterrupt();
    }
    return 0;
  }
}
