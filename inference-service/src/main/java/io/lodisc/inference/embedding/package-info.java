/** POST /api/v1/embeddings: uploaded pictures become vectors. */
package io.lodisc.inference.embedding;
