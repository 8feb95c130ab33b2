package io.lodisc.retrieval.search;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.stereotype.Component;

/** How long searches take, by what is searched with, and how much of that the index takes. */
@Component
class SearchMeters {

  private final Timer image;
  private final Timer item;
  private final Timer vector;
  private final Timer exact;

  SearchMeters(MeterRegistry registry) {
    this.image = search(registry, "image");
    this.item = search(registry, "item");
    this.vector = search(registry, "vector");
    this.exact =
        Timer.builder("lodisc.search.index")
            .description("How long the index took for a query's vector, its loading included")
            .tag("kind", "exact")
            .register(registry);
  }

  private static Timer search(MeterRegistry registry, String kind) {
    return Timer.builder("lodisc.search")
        .description("How long a search took, a picture's embedding included")
        .tag("kind", kind)
        .register(registry);
  }

  Timer image() {
    return image;
  }

  Timer item() {
    return item;
  }

  Timer vector() {
    return vector;
  }

  Timer exact() {
    return exact;
  }
}
