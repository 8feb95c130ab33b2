package io.lodisc.standalone.server;

import io.lodisc.model.engine.EngineException;
import io.lodisc.model.engine.SelfTest;
import io.lodisc.standalone.UserException;
import io.lodisc.web.SettingException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import sun.misc.Signal;

/**
 * A running platform: lock, database, application. An interrupt ends it in the opposite order, so
 * that nothing loses its database before it has stopped.
 */
public final class Server implements AutoCloseable {

  private final List<AutoCloseable> parts = new ArrayList<>();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private ConfigurableApplicationContext application;

  private Server() {}

  /**
   * Starts everything.
   *
   * @param verbose logs to the console too, not only to logs/lodisc.log in the home folder
   * @throws UserException if the home folder or the port is in use
   */
  public static Server start(ServerOptions options, boolean verbose) {
    Server server = new Server();
    server.stopOn("INT");
    server.stopOn("TERM");
    try {
      server.run(options, verbose);
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw explained(e, options);
    }
  }

  private void run(ServerOptions options, boolean verbose) {
    parts.addFirst(HomeLock.take(options.home()));
    String database = options.database();
    if (database == null) {
      EmbeddedDatabase embedded = EmbeddedDatabase.start(options.home());
      parts.addFirst(embedded);
      database = embedded.url();
    }
    SelfTest.run();
    SpringApplication spring =
        new SpringApplicationBuilder(StandaloneConfiguration.class)
            .registerShutdownHook(false)
            .build();
    application = spring.run(arguments(options, database, verbose));
    parts.addFirst(application);
  }

  /** As arguments, for they come before what the services' own files say. */
  private static String[] arguments(ServerOptions options, String database, boolean verbose) {
    Path home = options.home();
    String own = "http://localhost:${local.server.port}";
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("server.port", options.port());
    properties.put("management.server.port", options.managementPort());
    properties.put("lodisc.home", home);
    properties.put("spring.datasource.url", database);
    properties.put("spring.datasource.username", "");
    properties.put("spring.datasource.password", "");
    properties.put("spring.application.name", "lodisc");
    // Inference tests the same engine in this process.
    properties.put("lodisc.training.worker.self-test", false);
    properties.put("lodisc.inference.training-url", own);
    properties.put("lodisc.retrieval.inference-url", own);
    properties.put(
        "lodisc.training.dataset-roots",
        Stream.concat(
                Stream.concat(Stream.of(home.resolve("datasets")), Project.demoData().stream()),
                options.datasetRoots().stream())
            .map(Path::toString)
            .collect(Collectors.joining(",")));
    Project.starter().ifPresent(path -> properties.put("lodisc.training.starter", path));
    properties.put("logging.file.name", home.resolve("logs/lodisc.log"));
    properties.put("logging.threshold.console", verbose ? "INFO" : "OFF");
    properties.put("spring.main.banner-mode", "off");
    return properties.entrySet().stream()
        .map(property -> "--" + property.getKey() + "=" + property.getValue())
        .toArray(String[]::new);
  }

  /** What runs. */
  public ApplicationContext application() {
    return application;
  }

  /** Where it listens, such as http://localhost:8080. */
  public String url() {
    return "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
  }

  /** Where its health and metrics are, such as http://localhost:9080/actuator. */
  public String managementUrl() {
    return "http://localhost:%s/actuator"
        .formatted(application.getEnvironment().getProperty("local.management.port"));
  }

  /** Returns when the process is interrupted or terminated. */
  public void awaitInterrupt() throws InterruptedException {
    interrupted.await();
  }

  /** Stops in order and leaves, whatever the main thread is doing. */
  private void stopOn(String signal) {
    Signal.handle(
        new Signal(signal),
        s -> {
          interrupted.countDown();
          Thread.ofPlatform()
              .name("stop")
              .start(
                  () -> {
                    close();
                    Runtime.getRuntime().halt(128 + s.getNumber());
                  });
        });
  }

  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.removeFirst().close();
      } catch (Exception e) {
        System.err.println("lodisc: while stopping: " + e.getMessage());
      }
    }
  }

  private static RuntimeException explained(RuntimeException e, ServerOptions options) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException) {
        return new UserException(
            "The database cannot be used: %s Look at --database.".formatted(cause.getMessage()));
      }
      if (cause instanceof SettingException) {
        return new UserException(cause.getMessage());
      }
      if (cause instanceof EngineException) {
        return new UserException("The engine failed its self-test. " + cause.getMessage());
      }
      if (cause instanceof PortInUseException inUse) {
        return new UserException(
            "Port %d is in use; give %s another, or 0 for any."
                .formatted(
                    inUse.getPort(),
                    inUse.getPort() == options.port() ? "--port" : "--management-port"));
      }
    }
    return e;
  }
}
