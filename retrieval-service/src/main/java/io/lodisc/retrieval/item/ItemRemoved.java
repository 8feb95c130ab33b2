package io.lodisc.retrieval.item;

/**
 * An item's removal has been committed.
 *
 * @param version of the collection, without it
 */
public record ItemRemoved(long collection, long version, String id) {}
