package io.lodisc.standalone.demo;

import io.lodisc.standalone.UserException;
import io.lodisc.standalone.server.Project;
import io.lodisc.standalone.server.Server;
import io.lodisc.standalone.server.ServerOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code lodisc demo}. */
@Command(
    name = "demo",
    description = "Takes pictures the whole way: train, promote, import, evaluate, search.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  @Mixin private ServerOptions options;

  @Option(names = "--exit", description = "Stop at the end instead of serving on.")
  private boolean exit;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Epochs to train on from the starter weights (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Override
  public Integer call() throws Exception {
    Path data =
        Project.demoData()
            .orElseThrow(
                () -> new UserException("There is no folder demo-data; run this in the project."));
    Project.starter()
        .orElseThrow(() -> new UserException("There are no starter weights in starter/."));
    long began = System.nanoTime();
    System.out.println("Starting PostgreSQL and the three services ...");
    try (Server server = Server.start(options, false)) {
      Demo demo = new Demo(new DemoClient(server.url()), data, epochs, System.out);
      DemoResult result = demo.run(began);
      System.out.println("The page: " + server.url() + "/#/" + Demo.COLLECTION);
      if (exit) {
        System.out.println(JsonMapper.shared().writeValueAsString(result));
      } else {
        System.out.println("Ctrl-C ends it; the next run starts from what is there.");
        server.awaitInterrupt();
      }
    }
    return 0;
  }
}
