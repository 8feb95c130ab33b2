/** Takes jobs from the queue and runs them, each attempt under a lease that is kept renewed. */
package io.lodisc.training.worker;
