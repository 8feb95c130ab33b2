package io.lodisc.training.job;

import io.lodisc.training.evaluation.Evaluation;
import io.lodisc.training.monitoring.JobTraces;
import io.lodisc.training.queue.JobState;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.SourceType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job as it was submitted; {@link io.lodisc.training.queue.JobQueue} alone changes it afterwards.
 */
@Entity
@Table(schema = "training")
class Job {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long seq;

  private String id;
  private String type;
  private String dataset;
  private String start;
  private String parent;
  private String settings;
  private String promote;
  private String owner;
  private String actor;
  private int priority;
  private boolean needsGpu;
  private long needsMemory;
  private String[] needsLabels;
  private int maxAttempts;
  private String idempotencyKey;
  private String requestHash;
  private String traceparent;

  @Enumerated(EnumType.STRING)
  private JobState state = JobState.QUEUED;

  private long fence;
  private int failures;
  private int epoch;
  private int epochs;
  private long step;
  private long steps;
  private Double loss;
  private Double imagesPerSecond;
  private Long secondsLeft;
  private Double dataWait;
  private int skipped;
  private String evaluation;
  private String reason;
  private String checkpoint;
  private String worker;
  private boolean cancelRequested;
  private boolean pauseRequested;

  @CreationTimestamp(source = SourceType.DB)
  private Instant createdAt;

  private Instant startedAt;
  private Instant endedAt;

  protected Job() {}

  Job(String id, Submission submission) {
    this.id = id;
    this.type = submission.type();
    this.dataset = submission.dataset();
    this.owner = submission.owner();
    this.actor = submission.owner();
    this.priority = submission.priority();
    this.needsGpu = submission.needs().gpu();
    this.needsMemory = submission.needs().memoryMebibytes();
    this.needsLabels = submission.needs().labels().toArray(String[]::new);
    this.maxAttempts = submission.maxAttempts();
    this.promote = submission.promote();
    this.idempotencyKey = submission.key();
    this.requestHash = submission.hash();
    this.traceparent = submission.traceparent();
    this.start = submission.plan().start();
    this.parent = submission.plan().parent();
    this.settings = submission.plan().settings();
    this.epochs = submission.plan().epochs();
    this.steps = submission.plan().steps();
  }

  Long seq() {
    return seq;
  }

  String id() {
    return id;
  }

  int priority() {
    return priority;
  }

  JobState state() {
    return state;
  }

  String requestHash() {
    return requestHash;
  }

  String type() {
    return type;
  }

  String dataset() {
    return dataset;
  }

  String owner() {
    return owner;
  }

  String checkpoint() {
    return checkpoint;
  }

  String promote() {
    return promote;
  }

  String traceparent() {
    return traceparent;
  }

  String settings() {
    return settings;
  }

  String evaluation() {
    return evaluation;
  }

  JobOrder order() {
    return new JobOrder(id, type, dataset, start, parent, checkpoint, settings, needsMemory);
  }

  JobResponse response(JsonMapper json) {
    JsonNode evaluations = tree(evaluation, json);
    boolean running = state == JobState.RUNNING;
    return new JobResponse(
        id,
        type,
        dataset,
        start,
        parent,
        owner,
        priority,
        new JobResponse.Needed(
            needsGpu, needsMemory == 0 ? null : needsMemory + "MB", List.of(needsLabels)),
        state,
        running && cancelRequested ? true : null,
        running && pauseRequested && !cancelRequested ? true : null,
        running ? worker : null,
        fence,
        failures,
        maxAttempts,
        epoch,
        epochs,
        step,
        steps,
        loss,
        imagesPerSecond,
        running ? secondsLeft : null,
        dataWait,
        skipped,
        evaluations,
        warnings(evaluations, json),
        reason,
        checkpoint,
        tree(promote, json),
        tree(settings, json),
        JobTraces.id(traceparent),
        createdAt,
        startedAt,
        endedAt);
  }

  private static JsonNode tree(String text, JsonMapper json) {
    return text == null ? null : json.readTree(text);
  }

  private List<String> warnings(JsonNode evaluations, JsonMapper json) {
    if (evaluations == null || !(evaluations.get("last") instanceof ObjectNode last)) {
      return Warnings.of(skipped, 0, null);
    }
    Evaluation found = json.treeToValue(last.deepCopy().without("epoch"), Evaluation.class);
    return Warnings.of(skipped, last.path("epoch").asInt(), found);
  }
}
