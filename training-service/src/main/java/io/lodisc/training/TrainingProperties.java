package io.lodisc.training;

import io.lodisc.web.SettingException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the service.
 *
 * @param roles what this process does: serve the API, work on jobs, or both
 * @param datasetRoots folders under which data sets may lie; default: {@code datasets} in
 *     lodisc.home
 * @param starter a checkpoint's folder, registered at start-up as the model {@code starter}
 * @param workers jobs that run at the same time, where this process works at all
 * @param childMemory the Java heap of a job's process, as -Xmx takes it
 * @param cancelGrace how long a cancelled job may take to stop by itself
 * @param pauseGrace how long a job that is to pause may take to write a checkpoint and stop
 * @param importLimit of a file that is imported as a checkpoint
 */
@Validated
@ConfigurationProperties("lodisc.training")
public record TrainingProperties(
    @NotEmpty @DefaultValue({"api", "worker"}) Set<Role> roles,
    List<Path> datasetRoots,
    Path starter,
    @Min(0) @Max(64) @DefaultValue("1") int workers,
    @NotNull @Pattern(regexp = "[1-9][0-9]*[kKmMgG]?") @DefaultValue("2g") String childMemory,
    @NotNull @DurationMin(message = NEGATIVE) @DefaultValue("10s") Duration cancelGrace,
    @NotNull @DurationMin(message = NEGATIVE) @DefaultValue("60s") Duration pauseGrace,
    @NotNull @DefaultValue("2GB") DataSize importLimit,
    @NotNull @Valid @DefaultValue Queue queue,
    @NotNull @Valid @DefaultValue Worker worker,
    @NotNull @Valid @DefaultValue Follow follow) {

  private static final String NEGATIVE = "must not be negative";

  /** What a process does. */
  public enum Role {
    API,
    WORKER
  }

  /**
   * The rules of the queue; the same in all processes.
   *
   * @param lease how long a worker may be silent before its job is another's
   * @param heartbeat how often a worker renews its lease and hears of requests
   * @param backoff before the first new attempt; doubled with each
   * @param runningPerOwner jobs of one owner that run at a time; 0: any
   * @param queuedPerOwner jobs of one owner that wait; 0: any
   */
  public record Queue(
      @NotNull @DurationMin(seconds = 1) @DefaultValue("60s") Duration lease,
      @NotNull @DurationMin(millis = 10) @DefaultValue("1s") Duration heartbeat,
      @NotNull @DurationMin(message = NEGATIVE) @DefaultValue("5s") Duration backoff,
      @Min(0) @DefaultValue("0") int runningPerOwner,
      @Min(0) @DefaultValue("0") int queuedPerOwner) {

    /** So that a worker that is alive does not lose its job. */
    public Queue {
      if (lease.compareTo(heartbeat.multipliedBy(2)) < 0) {
        throw new SettingException(
            "lodisc.training.queue.lease",
            lease,
            "must be at least two of lodisc.training.queue.heartbeat=" + heartbeat,
            null);
      }
    }
  }

  /**
   * What this process's workers offer.
   *
   * @param gpu whether there is one; found out if left out
   * @param memory that a job may use; the machine's if left out
   * @param labels that jobs may ask for
   * @param selfTest whether the engine is tested before the first job
   * @param exitAfterIdle after so long without a job the process ends; never if left out
   */
  public record Worker(
      Boolean gpu,
      DataSize memory,
      @NotNull @DefaultValue({}) List<String> labels,
      @DefaultValue("true") boolean selfTest,
      Duration exitAfterIdle) {}

  /**
   * How jobs are followed.
   *
   * @param heartbeat after so much silence a stream of events says that it is still there
   */
  public record Follow(
      @NotNull @DurationMin(millis = 10) @DefaultValue("15s") Duration heartbeat) {}
}
