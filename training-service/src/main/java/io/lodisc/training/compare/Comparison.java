package io.lodisc.training.compare;

import io.lodisc.training.evaluation.EvaluationSettings;
import io.lodisc.training.evaluation.Splits;
import java.nio.file.Path;

/**
 * What a process that evaluates is told, as {@code comparison.json} in its folder.
 *
 * @param checkpoint its folder
 * @param against folder of the one to compare with; null for none
 * @param seed of the probe and of samples
 * @param threads of the engine; 0: one a core
 */
public record Comparison(
    Path checkpoint,
    Path against,
    Splits splits,
    EvaluationSettings settings,
    long seed,
    int threads) {}
