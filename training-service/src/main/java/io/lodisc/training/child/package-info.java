/** A run in a process of its own: how it is started, what it says, how it ended. No Spring. */
package io.lodisc.training.child;
