package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What operators see of real training in a real process. */
@TrainingTest(
    properties = {
      "lodisc.training.workers=1",
      "lodisc.training.child-memory=512m",
      "lodisc.training.queue.heartbeat=200ms"
    })
class JobMetersTest {

  private static final String TINY =
      """
      "architecture":{"imageSize":16,"patch":8,"width":16,"depth":1,"heads":2},
      "batch":4,"headHidden":16,"headOut":8,"threads":1,"epochs":%d,"maxAttempts":1
      """;

  @Autowired Api api;
  @Autowired Home home;
  @Autowired MeterRegistry registry;

  @Test
  void aJobsNumbersAreShown() throws IOException {
    Jobs jobs = new Jobs(api, home);
    String job = jobs.submit(TINY.formatted(3) + ",\"checkpointEpochs\":1");
    Answer ended = jobs.ended(job);
    assertThat(ended.text("state")).as(ended.text("reason")).isEqualTo("SUCCEEDED");

    assertThat(
            registry.find("lodisc.training.loss").tag("job_id", job).gauges().stream()
                .map(gauge -> gauge.getId().getTag("branch")))
        .containsExactlyInAnyOrder("total", "global", "local");
    assertThat(value(job, "lodisc.training.loss", "branch", "total"))
        .isEqualTo(
            value(job, "lodisc.training.loss", "branch", "global")
                + value(job, "lodisc.training.loss", "branch", "local"),
            within(1e-4));
    assertThat(value(job, "lodisc.training.epoch")).isEqualTo(3);
    assertThat(value(job, "lodisc.training.progress.ratio")).isEqualTo(1);
    assertThat(value(job, "lodisc.training.images.per.second")).isPositive();
    assertThat(value(job, "lodisc.training.data.wait.ratio")).isBetween(0.0, 1.0);
    assertThat(value(job, "lodisc.training.similarity", "pair", "negative")).isBetween(-1.0, 1.0);
    assertThat(registry.get("lodisc.checkpoint").timer().count()).isGreaterThanOrEqualTo(3);
    assertThat(registry.get("lodisc.checkpoint.bytes").summary().mean()).isGreaterThan(10_000);
    assertThat(registry.get("lodisc.worker.slots").gauge().value()).isEqualTo(1);
    await().until(() -> registry.get("lodisc.worker.jobs").gauge().value() == 0);

    String next = jobs.submit(TINY.formatted(100_000));
    jobs.underWay(next);
    assertThat(value(next, "lodisc.training.epoch")).isPositive();
    assertThat(registry.get("lodisc.worker.jobs").gauge().value()).isEqualTo(1);
    jobs.cancelAll();
  }

  private double value(String job, String name, String... tags) {
    Gauge gauge = registry.get(name).tag("job_id", job).tags(tags).gauge();
    return gauge.value();
  }
}
