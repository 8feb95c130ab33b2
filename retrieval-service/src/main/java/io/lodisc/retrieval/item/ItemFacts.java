package io.lodisc.retrieval.item;

import java.util.Map;

/**
 * What a search shows of an item and filters by. Label and group may be null.
 *
 * @param picture SHA-256 of its picture
 */
public record ItemFacts(
    String id, String label, String group, Map<String, String> metadata, String picture) {}
