package io.lodisc.training;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the service.
 *
 * @param datasetRoots folders under which data sets may lie; default: {@code datasets} in
 *     lodisc.home
 * @param starter a checkpoint's folder, registered at start-up as the model {@code starter}
 * @param workers jobs that run at the same time; 0: this process runs none
 * @param childMemory the Java heap of a job's process, as -Xmx takes it
 * @param cancelGrace how long a cancelled job may take to stop by itself
 * @param importLimit of a file that is imported as a checkpoint
 */
@Validated
@ConfigurationProperties("lodisc.training")
public record TrainingProperties(
    List<Path> datasetRoots,
    Path starter,
    @Min(0) @Max(64) @DefaultValue("1") int workers,
    @NotNull @Pattern(regexp = "[1-9][0-9]*[kKmMgG]?") @DefaultValue("2g") String childMemory,
    @NotNull @DefaultValue("10s") Duration cancelGrace,
    @NotNull @DefaultValue("2GB") DataSize importLimit) {}
