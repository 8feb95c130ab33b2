/** Measures that train a classifier on frozen features, and so need the engine. */
package io.lodisc.model.probe;
