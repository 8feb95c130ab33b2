/** The encoder that serves: pictures in, embeddings out. */
package io.lodisc.model.encoder;
