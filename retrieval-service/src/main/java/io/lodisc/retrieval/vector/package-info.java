/** Arithmetic on embeddings. */
package io.lodisc.retrieval.vector;
