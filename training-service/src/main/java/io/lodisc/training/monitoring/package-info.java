/** What operators see of the queue and of the jobs that run. */
package io.lodisc.training.monitoring;
