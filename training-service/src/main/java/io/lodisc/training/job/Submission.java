package io.lodisc.training.job;

import io.lodisc.training.job.JobType.Plan;

/**
 * A job as it is taken.
 *
 * @param owner who asked for it
 * @param promote what to do with what it makes, as JSON, or null
 * @param key of the request, which makes repeating it harmless, or null
 * @param hash of the request
 * @param traceparent of the request; null if it has none
 */
record Submission(
    String type,
    String dataset,
    String owner,
    int priority,
    Needs needs,
    int maxAttempts,
    String promote,
    String key,
    String hash,
    String traceparent,
    Plan plan) {}
