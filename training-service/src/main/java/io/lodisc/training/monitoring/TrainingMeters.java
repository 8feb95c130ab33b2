package io.lodisc.training.monitoring;

import io.lodisc.training.TrainingProperties;
import io.lodisc.training.child.ChildEvent;
import io.lodisc.training.child.ChildEvent.Evaluated;
import io.lodisc.training.child.ChildEvent.Measured;
import io.lodisc.training.child.Progress;
import io.lodisc.training.queue.Claim;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What this process's workers do, and what their jobs measure. A job's series stay for a while
 * after its attempt, so that its end is scraped too.
 */
@Component
public class TrainingMeters {

  private static final Duration STAY = Duration.ofMinutes(1);
  private static final String LOSS = "loss";

  private final MeterRegistry registry;
  private final Map<String, JobSeries> jobs = new ConcurrentHashMap<>();
  private final Map<String, Claim> running = new ConcurrentHashMap<>();
  private final Timer checkpointTime;
  private final DistributionSummary checkpointSize;
  private final Counter leasesLost;

  TrainingMeters(MeterRegistry registry, TrainingProperties properties) {
    this.registry = registry;
    this.checkpointTime =
        Timer.builder("lodisc.checkpoint")
            .description("How long jobs took to write a checkpoint")
            .register(registry);
    this.checkpointSize =
        DistributionSummary.builder("lodisc.checkpoint.bytes")
            .description("Size of the checkpoints that jobs wrote")
            .baseUnit("bytes")
            .register(registry);
    this.leasesLost =
        Counter.builder("lodisc.queue.leases.lost")
            .description("Jobs that this process took from workers that were not heard of")
            .register(registry);
    if (properties.roles().contains(TrainingProperties.Role.WORKER)) {
      Gauge.builder("lodisc.worker.slots", properties, TrainingProperties::workers)
          .description("Jobs that this process may run at a time")
          .register(registry);
      Gauge.builder("lodisc.worker.jobs", running, Map::size)
          .description("Jobs that this process runs")
          .register(registry);
    }
  }

  /** An attempt begins. */
  public void begin(Claim claim) {
    running.put(claim.job(), claim);
    JobSeries before = jobs.put(claim.job(), new JobSeries(registry, claim.job()));
    if (before != null) {
      before.close();
    }
  }

  /** It tells something. */
  public void heard(Claim claim, ChildEvent event) {
    JobSeries series = jobs.get(claim.job());
    if (series == null || !claim.equals(running.get(claim.job()))) {
      return;
    }
    switch (event) {
      case Progress progress -> show(series, progress);
      case Measured measured -> show(series, measured.metrics().values());
      case Evaluated found -> series.set("lodisc.training.collapsed", collapsed(found.summary()));
      default -> {
        // nothing to show
      }
    }
  }

  /** It has ended. */
  public void end(Claim claim) {
    running.remove(claim.job(), claim);
    JobSeries ended = jobs.get(claim.job());
    CompletableFuture.delayedExecutor(STAY.toSeconds(), TimeUnit.SECONDS)
        .execute(
            () -> {
              if (jobs.remove(claim.job(), ended)) {
                ended.close();
              }
            });
  }

  /** A job wrote a checkpoint. */
  public void checkpoint(double seconds, long bytes) {
    checkpointTime.record(Duration.ofNanos(Math.round(seconds * 1e9)));
    checkpointSize.record(bytes);
  }

  /** Jobs were taken from workers that were not heard of. */
  public void lost(int leases) {
    leasesLost.increment(leases);
  }

  private static void show(JobSeries series, Progress now) {
    series.set("lodisc.training.epoch", now.epoch());
    series.set("lodisc.training.images.per.second", now.imagesPerSecond());
    series.set("lodisc.training.data.wait.ratio", now.dataWait());
    if (now.step() != null && now.steps() != null && now.steps() > 0) {
      series.set("lodisc.training.progress.ratio", (double) now.step() / now.steps());
    }
  }

  /** The loss by branch, {@code total} being Eq. 5; how alike features are. */
  private static void show(JobSeries series, Map<String, Double> measured) {
    measured.forEach(
        (name, value) -> {
          if (name.equals(LOSS)) {
            series.set("lodisc.training.loss", value, "branch", "total");
          } else if (name.startsWith(LOSS + ".")) {
            series.set("lodisc.training.loss", value, "branch", name.substring(LOSS.length() + 1));
          }
        });
    series.set(
        "lodisc.training.similarity", measured.get("positiveSimilarity"), "pair", "positive");
    series.set(
        "lodisc.training.similarity", measured.get("negativeSimilarity"), "pair", "negative");
    series.set("lodisc.training.learning.rate", measured.get("learningRate"));
  }

  /** 1 if the last evaluation says so, 0 if not. */
  private static int collapsed(JsonNode summary) {
    return isCollapsed(summary, "classToken") || isCollapsed(summary, "predicted") ? 1 : 0;
  }

  private static boolean isCollapsed(JsonNode summary, String features) {
    return summary.path("last").path(features).path("collapse").path("collapsed").asBoolean(false);
  }
}
