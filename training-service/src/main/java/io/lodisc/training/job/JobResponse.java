package io.lodisc.training.job;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * @param start id of the checkpoint it starts from
 * @param cancelling true while a running job was asked to stop
 * @param reason why it failed
 * @param checkpoint id of its newest
 * @param settings all hyper-parameters, the defaults filled in
 */
record JobResponse(
    String id,
    String dataset,
    String start,
    JobState state,
    Boolean cancelling,
    int epoch,
    int epochs,
    long step,
    long steps,
    Double loss,
    Double imagesPerSecond,
    Long secondsLeft,
    String reason,
    String checkpoint,
    JsonNode settings,
    Instant createdAt,
    Instant startedAt,
    Instant endedAt) {}
