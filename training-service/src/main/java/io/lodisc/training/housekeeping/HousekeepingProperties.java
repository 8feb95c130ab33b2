package io.lodisc.training.housekeeping;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the housekeeping.
 *
 * @param diskHeadroom what must be free on the disk of lodisc.home for a job to run; 0: anything
 */
@Validated
@ConfigurationProperties("lodisc.training")
record HousekeepingProperties(
    @NotNull @DefaultValue("1GB") DataSize diskHeadroom,
    @NotNull @Valid @DefaultValue Kept retention,
    @NotNull @Valid @DefaultValue Sweeping sweep) {

  private static final String NEGATIVE = "must not be negative";

  /**
   * The checkpoints of a job that stay, beside promoted ones and those in use.
   *
   * @param last how many of the newest
   * @param best whether the one with the best evaluation stays
   * @param metric by which evaluations are compared, such as {@code classToken.mAP}
   */
  record Kept(
      @Min(1) @DefaultValue("3") int last,
      @DefaultValue("true") boolean best,
      @NotBlank @DefaultValue("classToken.mAP") String metric) {}

  /**
   * The search for files that no row names.
   *
   * @param every how often; 0: never
   * @param grace how long such files stay after their last change
   */
  record Sweeping(
      @NotNull @DurationMin(message = NEGATIVE) @DefaultValue("10m") Duration every,
      @NotNull @DurationMin(message = NEGATIVE) @DefaultValue("1h") Duration grace) {}
}
