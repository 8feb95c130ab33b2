package io.lodisc.training.job;

import io.lodisc.training.evaluation.Evaluation;
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

/** A pretraining job as it was submitted; {@link JobQueue} alone changes it afterwards. */
@Entity
@Table(schema = "training")
class Job {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long seq;

  private String id;
  private String dataset;
  private String start;
  private String settings;

  @Enumerated(EnumType.STRING)
  private JobState state = JobState.QUEUED;

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
  private boolean cancelRequested;

  @CreationTimestamp(source = SourceType.DB)
  private Instant createdAt;

  private Instant startedAt;
  private Instant endedAt;

  protected Job() {}

  /**
   * @param start id of the checkpoint to start from, or null
   * @param settings as JSON
   */
  Job(String id, String dataset, String start, String settings, int epochs, long steps) {
    this.id = id;
    this.dataset = dataset;
    this.start = start;
    this.settings = settings;
    this.epochs = epochs;
    this.steps = steps;
  }

  String id() {
    return id;
  }

  String dataset() {
    return dataset;
  }

  String start() {
    return start;
  }

  String settings() {
    return settings;
  }

  JobState state() {
    return state;
  }

  JobResponse response(JsonMapper json) {
    JsonNode evaluations = evaluation == null ? null : json.readTree(evaluation);
    return new JobResponse(
        id,
        dataset,
        start,
        state,
        cancelRequested && state == JobState.RUNNING ? true : null,
        epoch,
        epochs,
        step,
        steps,
        loss,
        imagesPerSecond,
        secondsLeft,
        dataWait,
        skipped,
        evaluations,
        warnings(evaluations, json),
        reason,
        checkpoint,
        json.readTree(settings),
        createdAt,
        startedAt,
        endedAt);
  }

  private List<String> warnings(JsonNode evaluations, JsonMapper json) {
    if (evaluations == null || !(evaluations.get("last") instanceof ObjectNode last)) {
      return Warnings.of(skipped, 0, null);
    }
    Evaluation found = json.treeToValue(last.deepCopy().without("epoch"), Evaluation.class);
    return Warnings.of(skipped, last.path("epoch").asInt(), found);
  }
}
