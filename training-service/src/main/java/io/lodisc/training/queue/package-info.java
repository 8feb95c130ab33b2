/**
 * The queue of jobs in PostgreSQL: who may run what, for how long, and what a job's state may
 * become. No Spring.
 */
package io.lodisc.training.queue;
