package io.lodisc.model.method;

/**
 * What LoDisc minimises, and how.
 *
 * @param branches the terms of Eq. 5
 * @param temperature t of Eq. 1
 * @param local the local branch
 * @param momentumUpdates how often a step moves the momentum encoder: 1, or 4 as in the authors'
 *     code
 * @param recompute keeps only the blocks' inputs and computes each block again going backward
 * @param seed of the random mask and of dropout
 */
public record LoDiscOptions(
    Branches branches,
    double temperature,
    LocalBranch local,
    int momentumUpdates,
    boolean recompute,
    long seed) {}
