package io.lodisc.training.follow;

import java.util.Map;

/**
 * What was measured after a step.
 *
 * @param values name to number, such as {@code loss.local}
 */
public record Metric(long step, int epoch, Map<String, Double> values) {}
