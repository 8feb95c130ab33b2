package io.lodisc.training.dataset;

import java.time.Instant;

/**
 * @param source the folder that was registered, or {@code upload}
 * @param split the only one used, or null for all pictures
 * @param labels number of different labels
 * @param groups number of different groups
 */
record DatasetResponse(
    String name,
    int pictures,
    String source,
    String split,
    int labels,
    int groups,
    Instant createdAt) {}
