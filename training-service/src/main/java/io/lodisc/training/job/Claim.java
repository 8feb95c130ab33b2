package io.lodisc.training.job;

/**
 * A job that a worker has taken.
 *
 * @param attempt how often the job has been taken; one that was resumed is no longer that of the
 *     worker which had it before, not even under the same name
 */
record Claim(String job, String worker, int attempt) {}
