package io.lodisc.retrieval.encoder;

import java.util.List;

/**
 * Pictures as vectors.
 *
 * @param checkpoint id of the checkpoint that the model's alias pointed to
 * @param dimension length of each vector
 * @param vectors L2-normalised, in the order of the pictures
 */
public record Encoding(String checkpoint, int dimension, List<float[]> vectors) {}
