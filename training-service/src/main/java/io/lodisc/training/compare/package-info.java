/** Evaluates a checkpoint, and another beside it, in a process of its own. No Spring. */
package io.lodisc.training.compare;
