/** Measures of how good a model is; pure functions. */
package io.lodisc.model.metrics;
