package io.lodisc.retrieval.item;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** Where an item is found. */
public final class ItemPaths {

  private ItemPaths() {}

  /** Path of the item. */
  static String item(String collection, String id) {
    return "/api/v1/collections/%s/items/%s"
        .formatted(collection, UriUtils.encode(id, StandardCharsets.UTF_8));
  }

  /** Path of the item's picture. */
  public static String picture(String collection, String id) {
    return item(collection, id) + "/picture";
  }
}
