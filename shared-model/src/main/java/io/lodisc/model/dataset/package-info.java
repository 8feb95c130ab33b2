/** Labelled picture sets: the layouts they come in, their splits, and what is wrong with them. */
package io.lodisc.model.dataset;
