package io.lodisc.training.monitoring;

import io.lodisc.training.ApiRole;
import io.lodisc.training.TrainingProperties;
import io.lodisc.training.pretrain.Fault;
import io.lodisc.training.queue.JobState;
import io.lodisc.web.monitoring.Sampling;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the queue is, as the database knows it: the same in every process that serves the API. */
@ApiRole
@Component
class QueueMeters implements MeterBinder, DisposableBean {

  private static final Duration EVERY = Duration.ofSeconds(5);

  /**
   * A row a state and kind of failure; in a waiting or running job's last event something moved.
   */
  private static final String QUERY =
      """
      select state, fault, count(*) jobs,
        count(*) filter (where ended_at > now() - interval '1 hour') ended,
        extract(epoch from max(now() - greatest(moved, not_before))
          filter (where state = 'QUEUED' and not_before <= now())) waiting,
        extract(epoch from max(now() - lease_until) filter (where state = 'RUNNING')) overdue,
        extract(epoch from max(now() - moved) filter (where state = 'RUNNING')) quiet
      from (
        select job.*, coalesce(last.at, created_at) moved from training.job
        left join lateral (
          select at from training.job_event where job = id order by seq desc limit 1) last
          on state in ('QUEUED', 'RUNNING')) job
      group by state, fault
      """;

  /**
   * Jobs of a state and kind of failure.
   *
   * @param ended of them within the last hour
   * @param waiting seconds of the one that waits longest; null if none does
   * @param overdue seconds since the end of the lease that is nearest to it, mostly negative
   * @param quiet seconds of the running one that told nothing for longest
   */
  record Jobs(
      String state,
      String fault,
      long jobs,
      long ended,
      Double waiting,
      Double overdue,
      Double quiet) {}

  private final JdbcClient jdbc;
  private final double lease;
  private Sampling<List<Jobs>> sampling;

  QueueMeters(JdbcClient jdbc, TrainingProperties properties) {
    this.jdbc = jdbc;
    this.lease = properties.queue().lease().toMillis() / 1e3;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    sampling = new Sampling<>("queue", EVERY, () -> jdbc.sql(QUERY).query(Jobs.class).list());
    for (JobState state : JobState.values()) {
      gauge("lodisc.queue.jobs", "Jobs by state", all -> jobs(all, state))
          .tag("state", state.name())
          .register(registry);
    }
    for (Fault fault : Fault.values()) {
      gauge(
              "lodisc.queue.failed.jobs",
              "Jobs that failed within the last hour",
              all -> failed(all, fault))
          .tag("reason", fault.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .register(registry);
    }
    gauge(
            "lodisc.queue.oldest",
            "For how long the job that waits longest could have run",
            all -> longest(all, Jobs::waiting, 0))
        .baseUnit("seconds")
        .register(registry);
    gauge(
            "lodisc.queue.lease.age",
            "How long ago the lease was renewed that was not renewed for longest",
            all -> longest(all, Jobs::overdue, lease))
        .baseUnit("seconds")
        .register(registry);
    gauge(
            "lodisc.queue.quiet",
            "For how long the running job that is quiet for longest told nothing",
            all -> longest(all, Jobs::quiet, 0))
        .baseUnit("seconds")
        .register(registry);
  }

  private Gauge.Builder<Sampling<List<Jobs>>> gauge(
      String name, String description, ToDoubleFunction<List<Jobs>> number) {
    return Gauge.builder(name, sampling, s -> s.value(number)).description(description);
  }

  private static double jobs(List<Jobs> all, JobState state) {
    return all.stream().filter(j -> j.state().equals(state.name())).mapToLong(Jobs::jobs).sum();
  }

  /** Those from before kinds of failures were kept are of no known kind. */
  private static double failed(List<Jobs> all, Fault fault) {
    return all.stream()
        .filter(jobs -> jobs.state().equals(JobState.FAILED.name()))
        .filter(jobs -> fault.name().equals(jobs.fault() == null ? "OTHER" : jobs.fault()))
        .mapToLong(Jobs::ended)
        .sum();
  }

  private static double longest(List<Jobs> all, Function<Jobs, Double> seconds, double more) {
    return all.stream()
        .map(seconds)
        .filter(Objects::nonNull)
        .mapToDouble(value -> Math.max(0, value + more))
        .max()
        .orElse(0);
  }

  @Override
  public void destroy() {
    if (sampling != null) {
      sampling.close();
    }
  }
}
