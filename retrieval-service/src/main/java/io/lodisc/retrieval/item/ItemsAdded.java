package io.lodisc.retrieval.item;

import java.util.List;

/**
 * Items have been committed.
 *
 * @param version of the collection, with them
 */
public record ItemsAdded(long collection, long version, List<EmbeddedItem> items) {}
