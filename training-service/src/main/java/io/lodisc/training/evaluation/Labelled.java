package io.lodisc.training.evaluation;

import java.nio.file.Path;

/**
 * A picture to evaluate on.
 *
 * @param label its class; null if unknown
 * @param id its name in its split, which settles ties
 */
public record Labelled(Path file, String label, String id) {}
