package io.lodisc.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import io.lodisc.training.support.WorkerProcess;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A worker that something else starts when there is work ends by itself when there is none. */
@TrainingTest
class IdleWorkerTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @Autowired JdbcClient jdbc;
  @Autowired DataSource database;
  @Autowired Home home;

  @BeforeEach
  void nothingIsThere() {
    nothingIsLeft(); // of other tests of this context
    jdbc.sql("create table public.recorded (job text, process bigint)").update();
    jdbc.sql("create table public.release (n integer)").update();
  }

  @AfterEach
  void nothingIsLeft() {
    jdbc.sql("delete from training.job").update();
    jdbc.sql("drop table if exists public.recorded, public.release").update();
  }

  @Test
  void endsWellOnceNoJobIsLeft() throws Exception {
    submit("record", 5);

    try (WorkerProcess worker = worker(RecordingWorker.class)) {
      assertThat(worker.exitCode()).as(worker.log()).isZero();
    }

    assertThat(count("SUCCEEDED")).isEqualTo(5);
  }

  @Test
  void doesNotEndWhileItHasAJob() throws Exception {
    submit("hold", 1);

    try (WorkerProcess worker = worker(HoldingWorker.class)) {
      await().atMost(LONG).until(() -> count("RUNNING") == 1);
      Thread.sleep(5_000); // some looks at a limit of a second
      assertThat(worker.isAlive()).as(worker.log()).isTrue();
      jdbc.sql("insert into public.release values (1)").update();
      assertThat(worker.exitCode()).as(worker.log()).isZero();
    }

    assertThat(count("SUCCEEDED")).isOne();
  }

  private void submit(String type, int jobs) {
    jdbc.sql(
            """
            insert into training.job (id, type, dataset, settings, state, epochs, steps, created_at)
            select 'job-' || n, :type, 'none', '{}', 'QUEUED', 1, 1, now()
            from generate_series(1, :jobs) n
            """)
        .param("type", type)
        .param("jobs", jobs)
        .update();
  }

  private WorkerProcess worker(Class<?> main) throws Exception {
    return WorkerProcess.start(
        main,
        WorkerProcess.url(database),
        home.folder(),
        List.of(
            "lodisc.training.roles=worker",
            "lodisc.training.worker.exit-after-idle=1s",
            "server.port=0"));
  }

  private long count(String state) {
    return jdbc.sql("select count(*) from training.job where state = :state")
        .param("state", state)
        .query(Long.class)
        .single();
  }
}
