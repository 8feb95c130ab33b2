package io.lodisc.deployment.compose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.springframework.util.FileSystemUtils;

/** The main class of deploy/run-on-host.sh. */
final class RunOnHost {

  private RunOnHost() {}

  /**
   * @param arguments the project's folder and an .env file
   */
  public static void main(String[] arguments) throws Exception {
    Path project = Path.of(arguments[0]);
    Map<String, String> variables = Compose.variables(Path.of(arguments[1]));
    Set<String> profiles = Set.of(variables.getOrDefault("COMPOSE_PROFILES", "").split(","));
    Path state = Files.createTempDirectory("lodisc-host");
    HostStack stack = new HostStack(project, state, variables, profiles);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    stack.close();
                    FileSystemUtils.deleteRecursively(state);
                  } catch (Exception e) {
                    e.printStackTrace();
                  }
                  stopped.countDown();
                }));
    stack.start();
    System.out.println(stack.summary());
    System.out.println(
        "The walk-through: LODISC=%s PICTURES=%s"
            .formatted(stack.url(), stack.volume("training", "/datasets")));
    stopped.await();
  }
}
