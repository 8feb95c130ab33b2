/** What operators see of the collections. */
package io.lodisc.retrieval.monitoring;
