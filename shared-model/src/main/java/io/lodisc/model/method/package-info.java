/** LoDisc: the step, its equations, the optimiser and the schedules. */
package io.lodisc.model.method;
