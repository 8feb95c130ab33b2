package io.lodisc.training.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.lodisc.training.pretrain.Fault;
import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.JobQueue;
import io.lodisc.training.queue.Outcome;
import io.lodisc.training.support.RunningJobs;
import io.lodisc.training.support.TrainingTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

@TrainingTest(properties = {"lodisc.training.workers=0", "lodisc.training.queue.lease=60s"})
class QueueMetersTest {

  /** More than the gauges and the clock may be behind. */
  private static final double SLACK = 20;

  @Autowired JdbcClient jdbc;
  @Autowired JobQueue queue;
  @Autowired MeterRegistry registry;
  @LocalManagementPort int management;

  @Test
  void tellHowTheQueueIs() {
    String old = submit("QUEUED");
    submit("QUEUED");
    String later = submit("QUEUED");
    String quiet = submit("RUNNING");
    RunningJobs running = new RunningJobs(jdbc);
    Claim diverged = running.first();
    Claim broken = running.first();
    set(old, "created_at = now() - interval '2 hours'");
    jdbc.sql(
            "update training.job_event set at = now() - interval '700 seconds' where job in (?, ?)")
        .param(old)
        .param(quiet)
        .update();
    set(later, "not_before = now() + interval '1 hour'");
    // renewed 25 seconds ago
    set(quiet, "lease_until = now() + interval '35 seconds'");
    set(broken.job(), "max_attempts = 1");
    assertThat(queue.end(diverged, Outcome.failed("The loss is NaN.", Fault.DIVERGED))).isTrue();
    assertThat(queue.end(broken, Outcome.broken("Signal 9.", Fault.CRASHED))).isTrue();
    String longAgo = submit("FAILED");
    set(longAgo, "ended_at = now() - interval '2 hours'");

    await().atMost(Duration.ofMinutes(1)).until(() -> jobs("FAILED") == 3);

    assertThat(jobs("QUEUED")).isEqualTo(3);
    assertThat(jobs("RUNNING")).isEqualTo(1);
    assertThat(jobs("PAUSED")).isZero();
    assertThat(seconds("lodisc.queue.oldest")).isCloseTo(700, within(SLACK));
    assertThat(seconds("lodisc.queue.quiet")).isCloseTo(700, within(SLACK));
    assertThat(seconds("lodisc.queue.lease.age")).isCloseTo(25, within(SLACK));
    assertThat(failed("diverged")).isEqualTo(1);
    assertThat(failed("crashed")).isEqualTo(1);
    assertThat(failed("other")).isZero();

    assertThat(queue.resume(diverged.job(), "me")).isTrue();
    await().atMost(Duration.ofMinutes(1)).until(() -> failed("diverged") == 0);
    assertThat(scraped())
        .contains("lodisc_queue_jobs{application=\"training-service\",state=\"QUEUED\"} 4.0")
        .contains("lodisc_queue_failed_jobs{application=\"training-service\",reason=\"crashed\"} 1")
        .contains("lodisc_queue_oldest_seconds{")
        .contains("lodisc_queue_quiet_seconds{")
        .contains("lodisc_queue_lease_age_seconds{")
        .contains("lodisc_queue_leases_lost_total{")
        .containsPattern("lodisc_schema_info\\{.*schema=\"training\",version=\"[0-9]+\"} 1")
        .doesNotContain("lodisc_gpu");
  }

  private String submit(String state) {
    String id = UUID.randomUUID().toString();
    jdbc.sql(
            """
            insert into training.job (id, dataset, settings, state, epochs, steps, created_at, fence)
            values (:id, 'none', '{}', :state, 1, 1, now(), 1)
            """)
        .param("id", id)
        .param("state", state)
        .update();
    return id;
  }

  private void set(String id, String assignment) {
    jdbc.sql("update training.job set " + assignment + " where id = :id").param("id", id).update();
  }

  private double jobs(String state) {
    return registry.get("lodisc.queue.jobs").tag("state", state).gauge().value();
  }

  private double failed(String reason) {
    return registry.get("lodisc.queue.failed.jobs").tag("reason", reason).gauge().value();
  }

  private double seconds(String name) {
    return registry.get(name).gauge().value();
  }

  private String scraped() {
    return RestClient.create("http://localhost:" + management)
        .get()
        .uri("/actuator/prometheus")
        .retrieve()
        .body(String.class);
  }
}
