package io.lodisc.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lodisc.training.support.Home;
import io.lodisc.training.support.Slow;
import io.lodisc.training.support.TrainingTest;
import io.lodisc.training.support.WorkerProcess;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Many jobs and two worker processes with four workers each. */
@TrainingTest
class TwoWorkersTest {

  private static final int JOBS = Slow.of(2_000, 10_000);
  private static final List<String> PROPERTIES =
      List.of("lodisc.training.roles=worker", "lodisc.training.workers=4", "server.port=0");

  @Autowired JdbcClient jdbc;
  @Autowired DataSource database;
  @Autowired Home home;

  @Test
  void runEachJobOnce() throws Exception {
    jdbc.sql("delete from training.job").update(); // what other tests of this context left
    jdbc.sql("delete from training.audit").update();
    jdbc.sql("create table public.recorded (job text, process bigint)").update();
    jdbc.sql(
            """
            insert into training.job (id, type, dataset, settings, state, epochs, steps, created_at)
            select 'job-' || n, 'record', 'none', '{}', 'QUEUED', 1, 1, now()
            from generate_series(1, :jobs) n
            """)
        .param("jobs", JOBS)
        .update();

    try (WorkerProcess one = worker();
        WorkerProcess other = worker()) {
      await()
          .atMost(Duration.ofMinutes(5))
          .until(
              () -> count("select count(*) from training.job where state = 'SUCCEEDED'") == JOBS);
      assertThat(one.isAlive() && other.isAlive()).isTrue();
    }

    assertThat(count("select count(*) from public.recorded")).isEqualTo(JOBS);
    assertThat(count("select count(distinct job) from public.recorded")).isEqualTo(JOBS);
    assertThat(count("select count(distinct process) from public.recorded")).isEqualTo(2);
    assertThat(count("select count(*) from training.job where fence <> 1")).isZero();
    assertThat(count("select count(*) from training.audit where what = 'job.succeed'"))
        .isEqualTo(JOBS);
  }

  private WorkerProcess worker() throws Exception {
    return WorkerProcess.start(
        RecordingWorker.class, WorkerProcess.url(database), home.folder(), PROPERTIES);
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
