package io.lodisc.model.method;

/**
 * What is minimised.
 *
 * @param branches the terms of Eq. 5
 * @param temperature t of Eq. 1
 * @param maskRatio share of patches that the local branch leaves out (Eq. 4)
 */
public record Objective(Branches branches, double temperature, double maskRatio) {}
