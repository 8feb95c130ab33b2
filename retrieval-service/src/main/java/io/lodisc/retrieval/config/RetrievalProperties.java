package io.lodisc.retrieval.config;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings under {@code lodisc.retrieval}. {@code lodisc.retrieval.inference-url} is no part of
 * them: it is read at every call.
 *
 * @param pictures folder of the items' pictures, unless blobs are kept elsewhere
 * @param work folder where archives are unpacked; emptied after each import
 * @param batch pictures in one request to the inference-service
 * @param encodeTimeout how long such a request may take
 */
@Validated
@ConfigurationProperties("lodisc.retrieval")
public record RetrievalProperties(
    @NotNull Path pictures,
    @NotNull Path work,
    @Min(1) @Max(1024) int batch,
    @NotNull Duration encodeTimeout) {}
