package io.lodisc.inference.embedding;

/**
 * The answer: who embedded, and the vectors in the order of the pictures.
 *
 * @param embeddings L2-normalised, each dimension long
 */
record Embeddings(Model model, int dimension, float[][] embeddings) {

  /** The alias asked for, and the checkpoint that it meant. */
  record Model(String alias, String checkpoint) {}
}
