package io.lodisc.inference.config;

import io.lodisc.model.image.PictureDecoder.Limits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the service.
 *
 * @param trainingUrl of the training-service; only checked here, and read anew at every call
 * @param requireGpu whether a libtorch for CUDA that finds no GPU is an error
 * @param cache folder of downloaded checkpoints
 * @param modelsInMemory encoders kept loaded, the least recently used go first
 * @param followEvery how often the aliases in use are looked up
 * @param trainingTimeout how long the training-service may be silent
 * @param threads that decode and embed; 0: one a processor
 * @param waiting pieces of work that may wait for a thread before callers are told to come back
 * @param imagesPerRequest pictures in one request
 * @param maxPictureBytes of one encoded picture
 * @param maxPictureSide pixels of width or height
 * @param maxPicturePixels width x height
 */
@Validated
@ConfigurationProperties("lodisc.inference")
public record InferenceProperties(
    @NotNull @Pattern(regexp = "https?://\\S+", message = "must be an http or https URL")
        String trainingUrl,
    @DefaultValue("true") boolean requireGpu,
    @NotNull Path cache,
    @DefaultValue("4") @Min(1) int modelsInMemory,
    @DefaultValue("2s") @NotNull @DurationMin(millis = 10) Duration followEvery,
    @DefaultValue("30s") @NotNull @DurationMin(millis = 10) Duration trainingTimeout,
    @DefaultValue("0") @Min(0) int threads,
    @DefaultValue("256") @Min(16) int waiting,
    @DefaultValue("256") @Min(1) @Max(4096) int imagesPerRequest,
    @DefaultValue("32MB") @NotNull DataSize maxPictureBytes,
    @DefaultValue("16384") @Min(1) int maxPictureSide,
    @DefaultValue("64000000") @Min(1) long maxPicturePixels) {

  public Limits pictureLimits() {
    return new Limits(maxPictureBytes.toBytes(), maxPictureSide, maxPicturePixels);
  }

  public int workers() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }
}
