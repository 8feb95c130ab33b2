package io.lodisc.training.job;

import io.lodisc.training.TrainingProperties;
import io.lodisc.training.dataset.Dataset;
import io.lodisc.training.dataset.DatasetRegistry;
import io.lodisc.training.monitoring.JobTraces;
import io.lodisc.training.queue.JobState;
import io.lodisc.training.queue.WakeUp;
import io.lodisc.web.ApiException;
import io.lodisc.web.JsonErrors;
import io.lodisc.web.Problem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Takes jobs. */
@Service
class JobSubmission {

  private static final int ID_LENGTH = 12;
  private static final int KEY_LENGTH = 200;
  private static final List<String> COMMON =
      List.of("type", "dataset", "priority", "needs", "maxAttempts", "promote");

  private final JobRepository repository;
  private final DatasetRegistry datasets;
  private final Map<String, JobType> types;
  private final JobInputs inputs;
  private final WakeUp wakeUp;
  private final JobTraces traces;
  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final int queuedPerOwner;

  JobSubmission(
      JobRepository repository,
      DatasetRegistry datasets,
      List<JobType> types,
      JobInputs inputs,
      WakeUp wakeUp,
      JobTraces traces,
      JdbcClient jdbc,
      JsonMapper json,
      TrainingProperties properties) {
    this.repository = repository;
    this.datasets = datasets;
    this.types = types.stream().collect(Collectors.toMap(JobType::name, Function.identity()));
    this.inputs = inputs;
    this.wakeUp = wakeUp;
    this.traces = traces;
    this.jdbc = jdbc;
    this.json = json.rebuild().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    this.queuedPerOwner = properties.queue().queuedPerOwner();
  }

  /** A job that was taken: the one of this request, or an earlier one of the same key. */
  record Taken(Job job, boolean isNew) {}

  /**
   * Takes a job.
   *
   * @param key the same key and request give the same job; null for none
   */
  @Transactional
  public Taken submit(ObjectNode request, String owner, String key) {
    String hash = hash(request);
    alone(owner);
    Optional<Job> before = earlier(owner, key, hash);
    if (before.isPresent()) {
      return new Taken(before.get(), false);
    }
    Submission submission = submission(request, owner, key, hash);
    refuseTooMany(owner);
    Job job = repository.saveAndFlush(new Job(newId(), submission));
    inputs.hold(job);
    wakeUp.call();
    return new Taken(job, true);
  }

  static String newId() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, ID_LENGTH);
  }

  /** One submission of an owner at a time, until this transaction ends. */
  private void alone(String owner) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:owner, 0))")
        .param("owner", "submit " + owner)
        .query((row, number) -> true)
        .single();
  }

  private Optional<Job> earlier(String owner, String key, String hash) {
    if (key == null) {
      return Optional.empty();
    }
    if (key.isBlank() || key.length() > KEY_LENGTH) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "The Idempotency-Key must have 1 to %d characters.".formatted(KEY_LENGTH),
          "Send a UUID, for instance.");
    }
    Optional<Job> job = repository.findByOwnerAndIdempotencyKey(owner, key);
    if (job.isPresent() && !job.get().requestHash().equals(hash)) {
      throw new ApiException(
          Problem.IDEMPOTENCY_KEY_REUSED,
          "The Idempotency-Key '%s' was sent with another request, which made job '%s'."
              .formatted(key, job.get().id()),
          "Use a new key for a new request.");
    }
    return job;
  }

  private Submission submission(ObjectNode request, String owner, String key, String hash) {
    JobType type = type(request);
    String name = RequestFields.text(request, "dataset");
    if (name == null) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "The field 'dataset' is missing.",
          "Name a data set; GET /api/v1/datasets lists the ones there are.");
    }
    Dataset dataset = datasets.get(name);
    JobType.Plan plan =
        type.plan(
            new JobType.Dataset(name, dataset.pictures()), request.deepCopy().without(COMMON));
    Promotion promotion = Promotion.of(request.get("promote"), json);
    if (promotion != null) {
      refuseUnpromotable(type, dataset);
    }
    return new Submission(
        type.name(),
        name,
        owner,
        RequestFields.number(request, "priority", 0, -100, 100),
        needs(request.get("needs")),
        RequestFields.number(request, "maxAttempts", 3, 1, 100),
        promotion == null ? null : json.writeValueAsString(promotion),
        key,
        hash,
        traces.current(),
        plan);
  }

  private void refuseUnpromotable(JobType type, Dataset dataset) {
    if (!type.promotes()) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "A job of the type '%s' leaves nothing to promote.".formatted(type.name()),
          "Leave out 'promote'.");
    }
    if (!datasets.canMeasure(dataset)) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "The data set '%s' has no labelled test pictures to measure on, so nothing of it could be promoted."
              .formatted(dataset.name()),
          "Register it with a split 'test', or leave out 'promote' and set the alias yourself.");
    }
  }

  private JobType type(ObjectNode request) {
    String name = Optional.ofNullable(RequestFields.text(request, "type")).orElse("pretrain");
    if (!types.containsKey(name)) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "There is no type of job '%s'.".formatted(name),
          "The types are: %s.".formatted(String.join(", ", new TreeSet<>(types.keySet()))));
    }
    return types.get(name);
  }

  private Needs needs(JsonNode said) {
    try {
      return said == null || said.isNull() ? Needs.NOTHING : json.treeToValue(said, Needs.class);
    } catch (JacksonException e) {
      throw JsonErrors.of(e, "needs");
    }
  }

  private void refuseTooMany(String owner) {
    if (queuedPerOwner > 0
        && repository.countByOwnerAndState(owner, JobState.QUEUED) >= queuedPerOwner) {
      throw new ApiException(
          Problem.QUOTA_EXCEEDED,
          "%d jobs of '%s' wait already, as many as may.".formatted(queuedPerOwner, owner),
          "Wait until one has begun, or cancel one.");
    }
  }

  private String hash(ObjectNode request) {
    try {
      byte[] canonical = json.writeValueAsBytes(json.convertValue(request, Map.class));
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JVM without SHA-256", e);
    }
  }
}
