package io.lodisc.deployment.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs do what they were asked for in place of serving, or say why they do not start. */
class StartTest {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  /** Nobody listens at port 1. */
  private static final String NO_DATABASE = "jdbc:postgresql://127.0.0.1:1/lodisc";

  private static final String FAILED =
      "The engine failed its self-test. The PyTorch engine does not start";

  private static final String ENGINE =
      "is named by PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR, all three.";

  @TempDir Path home;

  private record Ended(int exit, String said) {}

  @ParameterizedTest
  @ValueSource(strings = {"training", "retrieval"})
  void migratesItsSchemaAloneAndEnds(String service) throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      Map<String, String> environment =
          Map.of(
              "LODISC_DATABASE_URL",
              postgres.getJdbcUrl("postgres", "postgres"),
              "LODISC_DATABASE_USER",
              "postgres");

      Ended first = run(service, environment, "--lodisc.migrate-only=true");
      Ended again = run(service, environment, "--lodisc.migrate-only=true");

      assertThat(first.exit()).as(first.said()).isZero();
      assertThat(first.said()).contains("The schema " + service + " is at version");
      assertThat(first.said()).doesNotContain("Tomcat");
      assertThat(again.exit()).as(again.said()).isZero();
      assertThat(schemas(postgres)).containsExactly(service);
      assertThat(home).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"training", "retrieval"})
  void saysThatTheDatabaseToMigrateIsNotThere(String service) throws Exception {
    Ended ended =
        run(service, Map.of("LODISC_DATABASE_URL", NO_DATABASE), "--lodisc.migrate-only=true");

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.said())
        .contains("spring.datasource.url=" + NO_DATABASE + " cannot be used")
        .contains("LODISC_DATABASE_URL")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"training", "inference"})
  void testsItsEngineAndEnds(String service) throws Exception {
    Ended ended = run(service, Map.of(), "--lodisc.self-test=true");

    assertThat(ended.exit()).as(ended.said()).isZero();
    assertThat(ended.said())
        .isEqualToIgnoringNewLines(
            "The engine passed its self-test: libtorch 2.7.1 for cpu, computing on the cpu.");
    assertThat(home).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"cu128, 2.7.1", "cpu, 2.5.1"})
  void refusesAnEngineOfAnotherFlavourOrVersion(String flavor, String version) throws Exception {
    Map<String, String> environment = Map.of("PYTORCH_FLAVOR", flavor, "PYTORCH_VERSION", version);

    Ended alone = run("inference", environment, "--lodisc.self-test=true");
    Ended serving = run("inference", environment);

    for (Ended ended : List.of(alone, serving)) {
      assertThat(ended.exit()).as(ended.said()).isEqualTo(1);
      assertThat(ended.said()).contains(FAILED).contains(ENGINE);
      assertThat(ended.said()).doesNotContain("Started InferenceApplication");
    }
    assertThat(alone.said()).doesNotContain("\tat ");
  }

  /** A jar, unlike an image, holds a libtorch that is loaded whatever the variable says. */
  @Test
  void anExecutableJarRefusesToBeAnotherFlavour() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            Image.executable(PROJECT, "inference-service").toString(),
            "--lodisc.self-test=true");

    Ended ended = run(command, Map.of("PYTORCH_FLAVOR", "cu128"));

    assertThat(ended.exit()).as(ended.said()).isEqualTo(1);
    assertThat(ended.said())
        .contains("The engine failed its self-test.")
        .contains("was loaded, and the engine was started for cu128")
        .contains("PYTORCH_FLAVOR=cpu")
        .doesNotContain("\tat ");
  }

  @Test
  void aWorkerRefusesAnEngineOfAnotherFlavour() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      Ended ended =
          run(
              "training",
              Map.of(
                  "LODISC_DATABASE_URL", postgres.getJdbcUrl("postgres", "postgres"),
                  "LODISC_DATABASE_USER", "postgres",
                  "LODISC_TRAINING_ROLES", "worker",
                  "PYTORCH_FLAVOR", "cu128"));

      assertThat(ended.exit()).as(ended.said()).isEqualTo(1);
      assertThat(ended.said())
          .contains(FAILED)
          .contains(ENGINE)
          .doesNotContain("Started TrainingApplication");
    }
  }

  /**
   * An image records, while it is built, which classes a start of it loads; no other Java takes
   * that.
   */
  @ParameterizedTest
  @ValueSource(strings = {"training", "inference", "retrieval"})
  void recordsWhatItsStartLoads(String service) throws Exception {
    Map<String, String> environment =
        Map.of(
            "LODISC_DATABASE_URL",
            NO_DATABASE,
            "LODISC_TRAINING_STARTER",
            "",
            "SPRING_CONFIG_ADDITIONALLOCATION",
            "file:" + PROJECT.resolve("deploy/images/no-database.properties"),
            "JDK_JAVA_OPTIONS", // not without the cache
            "-XX:AOTMode=on -Dspring.context.exit=onRefresh");

    Ended ended = run(service, environment);

    assertThat(ended.exit()).as(ended.said()).isZero();
  }

  /** In each case an operator reads the property's name, its value and what is wrong with it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          inference | LODISC_INFERENCE_THREADS     | -1           | lodisc.inference.threads        | must be greater than or equal to 0
          inference | LODISC_INFERENCE_TRAININGURL | training:8081 | lodisc.inference.trainingUrl   | must be an http or https URL
          inference | LODISC_HOME                  | /dev/null/x  | lodisc.home                     | cannot be made
          retrieval | LODISC_RETRIEVAL_BATCH       | many         | lodisc.retrieval.batch          | many
          training  | LODISC_TRAINING_ROLES        | boss         | lodisc.training.roles           | boss
          training  | LODISC_TRAINING_QUEUE_LEASE  | PT1.5S       | lodisc.training.queue.lease     | at least two of lodisc.training.queue.heartbeat
          training  | LODISC_DATABASE_URL          | nowhere      | spring.datasource.url           | nowhere
          """)
  void aWrongSettingIsNamed(
      String service, String variable, String value, String property, String reason)
      throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("LODISC_DATABASE_URL", NO_DATABASE);
    environment.put(variable, value);

    Ended ended = run(service, environment);

    assertThat(ended.exit()).as(ended.said()).isEqualTo(1);
    assertThat(ended.said())
        .contains("APPLICATION FAILED TO START")
        .contains(property)
        .contains(value)
        .contains(reason)
        .doesNotContain("\tat ");
  }

  private Ended run(String service, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Image image = Image.of(PROJECT, service + "-service");
    List<String> command = new ArrayList<>(image.entryPoint());
    command.add(1, "-XX:TieredStopAtLevel=1"); // it ends before a compiler's work pays
    command.addAll(List.of(arguments));
    Map<String, String> all = image.environment();
    all.put("LODISC_HOME", home.toString());
    all.putAll(environment);
    return run(command, all);
  }

  private Ended run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("start", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("LODISC_HOME", home.toString());
    builder.environment().put("SERVER_PORT", "0");
    builder.environment().put("MANAGEMENT_SERVER_PORT", "0");
    builder.environment().putAll(environment);
    int exit = builder.start().waitFor();
    return new Ended(exit, Files.readString(log));
  }

  private static List<String> schemas(EmbeddedPostgres postgres) throws Exception {
    List<String> schemas = new ArrayList<>();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement();
        ResultSet rows =
            sql.executeQuery(
                "select schema_name from information_schema.schemata"
                    + " where schema_name in ('training', 'retrieval')")) {
      while (rows.next()) {
        schemas.add(rows.getString(1));
      }
    }
    return schemas;
  }
}
