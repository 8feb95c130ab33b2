package io.lodisc.retrieval.index;

import io.lodisc.retrieval.item.ItemFacts;
import java.util.Map;

/**
 * What an item must have to be found, and what must not be found. What is null does not matter.
 *
 * @param metadata entries that the item must have, among others
 * @param exceptId an item that is left out
 * @param exceptPicture SHA-256 of a picture whose items are left out
 */
public record ItemFilter(
    String label,
    String group,
    Map<String, String> metadata,
    String exceptId,
    String exceptPicture) {

  boolean accepts(ItemFacts item) {
    return (label == null || label.equals(item.label()))
        && (group == null || group.equals(item.group()))
        && !item.id().equals(exceptId)
        && !item.picture().equals(exceptPicture)
        && item.metadata().entrySet().containsAll(metadata.entrySet());
  }
}
