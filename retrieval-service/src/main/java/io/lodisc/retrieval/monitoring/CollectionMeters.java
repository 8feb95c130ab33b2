package io.lodisc.retrieval.monitoring;

import io.lodisc.retrieval.collection.Catalogue;
import io.lodisc.retrieval.collection.PictureCollection;
import io.lodisc.retrieval.index.EmbeddingIndex;
import io.lodisc.web.monitoring.Sampling;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** How large the largest collections are, and what the index holds of them in this process. */
@Component
class CollectionMeters implements MeterBinder, DisposableBean {

  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Catalogue catalogue;
  private final EmbeddingIndex index;
  private Sampling<List<PictureCollection>> sampling;

  CollectionMeters(Catalogue catalogue, EmbeddingIndex index) {
    this.catalogue = catalogue;
    this.index = index;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    MultiGauge items =
        MultiGauge.builder("lodisc.collection.items")
            .description("Items of a collection, of the 100 largest")
            .register(registry);
    MultiGauge bytes =
        MultiGauge.builder("lodisc.index.bytes")
            .description("Memory of a collection's vectors in this process")
            .baseUnit("bytes")
            .register(registry);
    sampling =
        new Sampling<>(
            "collections",
            EVERY,
            () -> {
              List<PictureCollection> largest = catalogue.largest();
              Map<Long, Long> sizes = index.sizes();
              items.register(
                  largest.stream().<Row<?>>map(c -> Row.of(name(c), c.items())).toList(), true);
              bytes.register(
                  largest.stream()
                      .filter(c -> sizes.containsKey(c.key()))
                      .<Row<?>>map(c -> Row.of(name(c), sizes.get(c.key())))
                      .toList(),
                  true);
              return largest;
            });
  }

  private static Tags name(PictureCollection collection) {
    return Tags.of("collection", collection.name());
  }

  @Override
  public void destroy() {
    if (sampling != null) {
      sampling.close();
    }
  }
}
