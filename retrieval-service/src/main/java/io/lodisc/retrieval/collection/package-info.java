/** Collections: a name, the model that reads it, and the checkpoint its embeddings are from. */
package io.lodisc.retrieval.collection;
