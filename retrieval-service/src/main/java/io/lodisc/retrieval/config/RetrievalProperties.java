package io.lodisc.retrieval.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings under {@code lodisc.retrieval}.
 *
 * @param inferenceUrl of the inference-service; only checked here, and read anew at every call
 * @param pictures folder of the items' pictures, unless blobs are kept elsewhere
 * @param work folder where archives are unpacked; emptied after each import
 * @param batch pictures in one request to the inference-service
 * @param encodeTimeout how long such a request may take
 */
@Validated
@ConfigurationProperties("lodisc.retrieval")
public record RetrievalProperties(
    @NotNull @Pattern(regexp = "https?://\\S+", message = "must be an http or https URL")
        String inferenceUrl,
    @NotNull Path pictures,
    @NotNull Path work,
    @Min(1) @Max(1024) int batch,
    @NotNull @DurationMin(millis = 10) Duration encodeTimeout) {}
