/** Search by picture, by item or by vector. */
package io.lodisc.retrieval.search;
