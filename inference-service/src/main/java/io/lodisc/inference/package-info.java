/** The query encoder behind HTTP: pictures in, embeddings of the model behind an alias out. */
package io.lodisc.inference;
