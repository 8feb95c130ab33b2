package io.lodisc.retrieval.item;

import java.util.Map;

/**
 * An item with its embedding.
 *
 * @param vector L2-normalised
 */
public record EmbeddedItem(ItemFacts facts, float[] vector) {

  EmbeddedItem(
      String id,
      String label,
      String group,
      Map<String, String> metadata,
      String picture,
      float[] vector) {
    this(new ItemFacts(id, label, group, metadata, picture), vector);
  }
}
