package io.lodisc.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import io.lodisc.training.support.WorkerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A worker whose clock jumps, by Debian's libfaketime. */
@EnabledIfSystemProperty(named = "lodisc.slow", matches = "true", disabledReason = "mvn -P slow")
@TrainingTest(properties = {"lodisc.training.roles=api", "lodisc.training.queue.lease=3s"})
class ClockTest {

  private static final Path LIBRARY =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
  private static final Duration LONG = Duration.ofMinutes(2);

  @Autowired JdbcClient jdbc;
  @Autowired DataSource database;
  @Autowired Home home;
  @TempDir private Path folder;

  @Test
  void aJobKeepsItsLeaseWhateverTheWorkersClockSays() throws Exception {
    assertThat(LIBRARY).as("Debian's package libfaketime").exists();
    Path clock = Files.writeString(folder.resolve("clock"), "+0");
    try (WorkerProcess worker =
        WorkerProcess.start(
            HoldingWorker.class,
            WorkerProcess.url(database),
            home.folder(),
            List.of(
                "lodisc.training.roles=worker",
                "lodisc.training.queue.lease=3s",
                "lodisc.training.queue.heartbeat=300ms",
                "server.port=0"),
            Map.of(
                "LD_PRELOAD",
                LIBRARY.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                clock.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", // without it a JVM's timed waits spin
                "0"))) {
      submit("held");
      await().atMost(LONG).until(() -> state("held").equals("RUNNING"));
      for (String jump : List.of("-3d", "+400d", "+0")) {
        Files.writeString(clock, jump);
        Thread.sleep(5000);
        assertThat(state("held")).as("clock at " + jump + ": " + worker.log()).isEqualTo("RUNNING");
        assertThat(fence("held")).isEqualTo(1);
      }
      assertThat(worker.log()).contains("clock jumped");
      jdbc.sql("insert into public.release values (1)").update();
      await().atMost(LONG).until(() -> state("held").equals("SUCCEEDED"));
    }
  }

  private void submit(String id) {
    jdbc.sql("create table public.release (n int)").update();
    jdbc.sql(
            """
            insert into training.job (id, type, dataset, settings, state, epochs, steps, created_at)
            values (:id, 'hold', 'none', '{}', 'QUEUED', 1, 1, now())
            """)
        .param("id", id)
        .update();
  }

  private String state(String id) {
    return jdbc.sql("select state from training.job where id = :id")
        .param("id", id)
        .query(String.class)
        .single();
  }

  private long fence(String id) {
    return jdbc.sql("select fence from training.job where id = :id")
        .param("id", id)
        .query(Long.class)
        .single();
  }
}
