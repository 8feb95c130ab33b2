/** Nearest neighbours in memory, kept in step with the database. */
package io.lodisc.retrieval.index;
