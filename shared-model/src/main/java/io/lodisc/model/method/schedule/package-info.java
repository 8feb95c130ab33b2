/** Schedules of learning rate and momentum: pure functions of the step. */
package io.lodisc.model.method.schedule;
