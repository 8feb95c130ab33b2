package io.lodisc.retrieval.item;

import java.time.Instant;
import java.util.Map;

/** An item as the API shows it. */
record ItemView(
    String id,
    String label,
    String group,
    Map<String, String> metadata,
    int width,
    int height,
    Instant createdAt,
    String picture) {

  static ItemView of(String collection, Item item) {
    return new ItemView(
        item.id(),
        item.label(),
        item.group(),
        item.metadata(),
        item.width(),
        item.height(),
        item.createdAt(),
        ItemPaths.picture(collection, item.id()));
  }
}
