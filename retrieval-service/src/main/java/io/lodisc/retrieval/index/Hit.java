package io.lodisc.retrieval.index;

import io.lodisc.retrieval.item.ItemFacts;
import java.util.Comparator;

/**
 * An item that was found.
 *
 * @param score cosine
 */
public record Hit(ItemFacts item, float score) {

  static final Comparator<Hit> BEST_FIRST =
      Comparator.comparingDouble(Hit::score).reversed().thenComparing(h -> h.item().id());
}
