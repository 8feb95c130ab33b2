/** What an operator can set. */
package io.lodisc.retrieval.config;
