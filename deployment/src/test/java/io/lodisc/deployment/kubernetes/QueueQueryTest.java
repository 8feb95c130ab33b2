package io.lodisc.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.deployment.kubernetes.Rendered.PodOf;
import io.lodisc.training.TrainingProperties;
import io.lodisc.training.queue.JobQueue;
import io.lodisc.training.queue.QueuePolicy;
import io.lodisc.training.queue.Worker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What KEDA asks the database, against the schema and the queue that workers use. */
class QueueQueryTest {

  private static EmbeddedPostgres postgres;
  private static DataSource database;

  @BeforeAll
  static void schema() throws IOException {
    postgres = EmbeddedPostgres.start();
    database = postgres.getPostgresDatabase();
    Flyway.configure()
        .dataSource(database)
        .schemas("training")
        .locations("classpath:db/training")
        .load()
        .migrate();
  }

  @AfterAll
  static void end() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void noJobs() throws SQLException {
    update("delete from training.job");
  }

  /** In the matrix the cpu pool has 6144 MiB and the label big, the gpu pool 28672 and a100 too. */
  @ParameterizedTest
  @CsvSource({
    "false, 0,     '',       cpu",
    "false, 6144,  'big',    cpu",
    "true,  0,     '',       gpu",
    "true,  28672, 'a100',   gpu",
    "false, 6145,  '',       gpu",
    "false, 0,     'a100',   gpu",
    "true,  28673, '',       ''",
    "false, 0,     'other',  ''",
  })
  void aWorkerIsStartedForAJobThatItWouldTakeAndNoOther(
      boolean gpu, long memory, String label, String pool) throws SQLException {
    submit("job", gpu, memory, label);

    assertThat(waiting("cpu")).isEqualTo(pool.equals("cpu") ? 1 : 0);
    assertThat(waiting("gpu")).isEqualTo(pool.equals("gpu") ? 1 : 0);
    for (String one : List.of("cpu", "gpu")) {
      if (!pool.isEmpty() && one.equals(pool)) {
        assertThat(queue().claim(worker(one))).isPresent();
        assertThat(waiting(one)).as("it runs now").isZero();
      }
    }
  }

  @Test
  void aJobThatMustWaitStartsNobody() throws SQLException {
    submit("later", false, 0, "");
    update("update training.job set not_before = now() + interval '1 minute'");
    assertThat(waiting("cpu")).isZero();
    assertThat(queue().claim(worker("cpu"))).isEmpty();
  }

  @Test
  void eachJobThatWaitsCounts() throws SQLException {
    for (int i = 0; i < 7; i++) {
      submit("job-" + i, false, 0, "");
    }
    assertThat(waiting("cpu")).isEqualTo(7);
  }

  private static long waiting(String pool) throws SQLException {
    Keda.ScaledJob job = (Keda.ScaledJob) pod(pool).owner();
    Keda.Trigger trigger = job.spec.triggers().getFirst();
    assertThat(trigger.type()).isEqualTo("postgresql");
    assertThat(trigger.metadata())
        .containsOnlyKeys("host", "port", "dbName", "sslmode", "targetQueryValue", "query")
        .containsEntry("targetQueryValue", "1");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(trigger.metadata().get("query"))) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** As the pod's variables make it. */
  private static Worker worker(String pool) {
    TrainingProperties.Worker says = EnvironmentTest.bound(pod(pool)).worker();
    return new Worker(
        "worker", List.of("pretrain"), says.gpu(), says.memory().toMegabytes(), says.labels());
  }

  private static PodOf pod(String pool) {
    return Rendered.of("keda")
        .pods("worker")
        .filter(pod -> pod.toString().endsWith("-" + pool))
        .findFirst()
        .orElseThrow();
  }

  private static JobQueue queue() {
    return new JobQueue(database, QueuePolicy.DEFAULT);
  }

  private static void submit(String id, boolean gpu, long memory, String label)
      throws SQLException {
    update(
        """
        insert into training.job (id, dataset, settings, state, epochs, steps, created_at,
          needs_gpu, needs_memory, needs_labels)
        values ('%s', 'none', '{}', 'QUEUED', 1, 1, now(), %s, %d, '{%s}')
        """
            .formatted(id, gpu, memory, label));
  }

  private static void update(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
