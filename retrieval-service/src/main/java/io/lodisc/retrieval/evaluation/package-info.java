/** Rank-k and mAP of a collection's labelled items. */
package io.lodisc.retrieval.evaluation;
