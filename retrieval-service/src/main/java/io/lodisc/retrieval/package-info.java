/**
 * Collections of pictures, their embeddings, search and evaluation; also serves the web console.
 * Pictures are embedded by the inference-service, over HTTP: no engine runs here.
 */
package io.lodisc.retrieval;
