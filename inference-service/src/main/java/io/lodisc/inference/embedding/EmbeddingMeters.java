package io.lodisc.inference.embedding;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Where the time of a request goes. */
@Component
class EmbeddingMeters {

  private final Timer decode;
  private final Timer forward;
  private final DistributionSummary batch;

  EmbeddingMeters(MeterRegistry registry) {
    this.decode =
        Timer.builder("lodisc.inference.decode")
            .description("How long a picture took to be decoded")
            .register(registry);
    this.forward =
        Timer.builder("lodisc.inference.forward")
            .description("How long a batch took to be preprocessed and to go through the encoder")
            .register(registry);
    this.batch =
        DistributionSummary.builder("lodisc.inference.batch.size")
            .description("Pictures that went through the encoder together")
            .register(registry);
  }

  Timer decode() {
    return decode;
  }

  /** Counts a batch and what goes through the encoder with it. */
  float[][] forward(List<?> pictures, Supplier<float[][]> encoder) {
    batch.record(pictures.size());
    return forward.record(encoder);
  }
}
