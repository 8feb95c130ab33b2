package io.lodisc.training.job;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * @param start id of the checkpoint it starts from
 * @param cancelling true while a running job was asked to stop
 * @param dataWait share of the epoch's time spent waiting for views
 * @param skipped pictures that could not be read and were replaced by others
 * @param evaluation of the start weights, the last one, and the best value of each metric; null
 *     until there is one
 * @param warnings in sentences
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
    Double dataWait,
    int skipped,
    JsonNode evaluation,
    List<String> warnings,
    String reason,
    String checkpoint,
    JsonNode settings,
    Instant createdAt,
    Instant startedAt,
    Instant endedAt) {}
