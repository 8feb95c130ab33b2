package io.lodisc.training.job;

import io.lodisc.training.alias.AliasRegistry;
import io.lodisc.training.checkpoint.StoredCheckpoint;
import io.lodisc.training.dataset.Dataset;
import io.lodisc.training.dataset.DatasetRegistry;
import io.lodisc.training.pretrain.Settings;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Takes jobs, shows them, cancels and resumes them. */
@Service
class JobRegistry {

  private static final int ID_LENGTH = 12;

  private final JobRepository repository;
  private final JobQueue queue;
  private final JobEpochs epochs;
  private final DatasetRegistry datasets;
  private final AliasRegistry aliases;
  private final SettingsBinder binder;
  private final WakeUp wakeUp;
  private final JsonMapper json;

  JobRegistry(
      JobRepository repository,
      JobQueue queue,
      JobEpochs epochs,
      DatasetRegistry datasets,
      AliasRegistry aliases,
      SettingsBinder binder,
      WakeUp wakeUp,
      JsonMapper json) {
    this.repository = repository;
    this.queue = queue;
    this.epochs = epochs;
    this.datasets = datasets;
    this.aliases = aliases;
    this.binder = binder;
    this.wakeUp = wakeUp;
    this.json = json;
  }

  Job submit(ObjectNode request) {
    String name = text(request, "dataset");
    if (name == null) {
      throw new ApiException(
          Problem.INVALID_REQUEST,
          "The field 'dataset' is missing.",
          "Name a data set; GET /api/v1/datasets lists the ones there are.");
    }
    StoredCheckpoint start = start(text(request, "start"));
    ObjectNode hyperParameters = request.deepCopy().without(List.of("dataset", "start"));
    Settings settings = binder.bind(hyperParameters, start == null ? null : start.manifest());
    Dataset dataset = datasets.get(name);
    refuseTooFew(dataset, settings);
    Job job =
        repository.saveAndFlush(
            new Job(
                UUID.randomUUID().toString().replace("-", "").substring(0, ID_LENGTH),
                name,
                start == null ? null : start.id(),
                json.writeValueAsString(settings),
                settings.epochs(),
                (long) settings.epochs() * (dataset.pictures() / settings.batch())));
    wakeUp.call();
    return job;
  }

  Job get(String id) {
    return repository
        .findById(id)
        .orElseThrow(
            () ->
                new ApiException(
                    Problem.NOT_FOUND,
                    "There is no job '%s'.".formatted(id),
                    "GET /api/v1/jobs lists the ones there are."));
  }

  List<Job> all() {
    return repository.findAllByOrderBySeqDesc();
  }

  Job cancel(String id) {
    boolean cancelled = queue.cancel(id);
    Job job = get(id);
    if (!cancelled) {
      throw new ApiException(
          Problem.CONFLICT,
          "The job '%s' has ended: %s.".formatted(id, job.state()),
          "Only a queued or running job can be cancelled.");
    }
    return job;
  }

  Job resume(String id) {
    boolean resumed = queue.resume(id);
    Job job = get(id);
    if (!resumed) {
      throw new ApiException(
          Problem.CONFLICT,
          "The job '%s' is %s.".formatted(id, job.state()),
          "Only a failed or cancelled job can be resumed.");
    }
    wakeUp.call();
    return job;
  }

  /** What each epoch of a job measured. */
  List<JsonNode> epochs(String id) {
    return epochs.of(get(id).id());
  }

  private StoredCheckpoint start(String idOrAlias) {
    if (idOrAlias == null) {
      return null;
    }
    return aliases
        .checkpoint(idOrAlias)
        .orElseThrow(
            () ->
                new ApiException(
                    Problem.NOT_FOUND,
                    "start: there is no checkpoint or model '%s'.".formatted(idOrAlias),
                    "GET /api/v1/checkpoints and /api/v1/models list the ones there are."));
  }

  private static void refuseTooFew(Dataset dataset, Settings settings) {
    if (settings.epochs() > 0 && dataset.pictures() < settings.batch()) {
      throw new ApiException(
          Problem.TOO_FEW_PICTURES,
          "The data set '%s' has %d pictures, fewer than one batch of %d."
              .formatted(dataset.name(), dataset.pictures(), settings.batch()),
          "Choose a smaller batch, or register more pictures.");
    }
  }

  private static String text(ObjectNode request, String field) {
    JsonNode value = request.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString() || value.stringValue().isBlank()) {
      throw new ApiException(
          Problem.INVALID_REQUEST, "The field '%s' must be a name.".formatted(field), "Send text.");
    }
    return value.stringValue();
  }
}
