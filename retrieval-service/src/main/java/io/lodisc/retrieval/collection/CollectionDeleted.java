package io.lodisc.retrieval.collection;

/** A collection is gone, its items with it. */
public record CollectionDeleted(long key) {}
