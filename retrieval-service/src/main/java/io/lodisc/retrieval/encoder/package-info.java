/** Embeddings of pictures, made by the inference-service. */
package io.lodisc.retrieval.encoder;
