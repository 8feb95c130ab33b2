package io.lodisc.retrieval.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the service needs around it: a database, an inference-service, a folder. */
public final class Surroundings {

  public static final FakeInference INFERENCE = new FakeInference();

  private static final Path HOME = home();

  private Surroundings() {}

  /** Properties of a service that runs in this environment. */
  public static Map<String, Object> properties() {
    return Map.of(
        "server.port",
        0,
        "management.server.port",
        0,
        "spring.datasource.url",
        Postgres.url(),
        "spring.datasource.username",
        "postgres",
        "spring.datasource.password",
        "postgres",
        "lodisc.home",
        HOME.toString(),
        "lodisc.retrieval.batch",
        4,
        "lodisc.retrieval.inference-url",
        INFERENCE.url());
  }

  /** The same with a database of its own. */
  public static Map<String, Object> ownDatabase() {
    Map<String, Object> properties = new HashMap<>(properties());
    properties.put("spring.datasource.url", Postgres.newDatabase());
    return properties;
  }

  /** Every file that the service keeps at the moment. */
  public static List<Path> files() {
    try (Stream<Path> files = Files.walk(HOME)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path home() {
    try {
      return Files.createTempDirectory("lodisc-retrieval-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
