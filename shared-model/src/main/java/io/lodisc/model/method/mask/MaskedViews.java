package io.lodisc.model.method.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.random.RandomGenerator;

/**
 * The views whose patches are chosen.
 *
 * @param importance Eq. 3, batch x patches; null if the strategy does not need it
 * @param batch views
 * @param grid patches a side
 * @param random of this step
 */
public record MaskedViews(
    NDManager manager, NDArray importance, int batch, int grid, RandomGenerator random) {}
