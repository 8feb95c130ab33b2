package io.lodisc.training.job;

import io.lodisc.training.queue.JobState;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * @param start id of the checkpoint it starts from
 * @param parent id of the checkpoint whose run it goes on
 * @param cancelling true while a running job was asked to stop for good
 * @param pausing true while a running job was asked to stop for now
 * @param worker that runs it
 * @param attempts how often a worker took it
 * @param failures attempts since it was last submitted or resumed that the machine is to blame for
 * @param maxAttempts after so many failures it is given up
 * @param dataWait share of the epoch's time spent waiting for views
 * @param skipped pictures that could not be read and were replaced by others
 * @param evaluation of the start weights, the last one, and the best value of each metric; null
 *     until there is one
 * @param warnings in sentences
 * @param reason why it failed, or waits again
 * @param checkpoint id of its newest
 * @param promote what happens to what it makes
 * @param settings all hyper-parameters, the defaults filled in
 * @param trace id of the trace that it was submitted in and that its attempts are part of
 */
record JobResponse(
    String id,
    String type,
    String dataset,
    String start,
    String parent,
    String owner,
    int priority,
    Needed needs,
    JobState state,
    Boolean cancelling,
    Boolean pausing,
    String worker,
    long attempts,
    int failures,
    int maxAttempts,
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
    JsonNode promote,
    JsonNode settings,
    String trace,
    Instant createdAt,
    Instant startedAt,
    Instant endedAt) {

  /** What it needs of a worker. */
  record Needed(boolean gpu, String memory, List<String> labels) {}
}
