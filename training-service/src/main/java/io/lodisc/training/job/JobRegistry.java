package io.lodisc.training.job;

import io.lodisc.training.queue.JobQueue;
import io.lodisc.training.queue.WakeUp;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.List;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** Shows jobs, cancels, pauses and resumes them. */
@Service
class JobRegistry {

  private final JobRepository repository;
  private final JobQueue queue;
  private final JobEpochs epochs;
  private final WakeUp wakeUp;

  JobRegistry(JobRepository repository, JobQueue queue, JobEpochs epochs, WakeUp wakeUp) {
    this.repository = repository;
    this.queue = queue;
    this.epochs = epochs;
    this.wakeUp = wakeUp;
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

  Job cancel(String id, String user) {
    return changed(
        queue.cancel(id, user), id, "Only a queued, running or paused job can be cancelled.");
  }

  Job pause(String id, String user) {
    return changed(queue.pause(id, user), id, "Only a queued or running job can be paused.");
  }

  Job resume(String id, String user) {
    Job job =
        changed(
            queue.resume(id, user), id, "Only a paused, failed or cancelled job can be resumed.");
    wakeUp.call();
    return job;
  }

  /** What each epoch of a job measured. */
  List<JsonNode> epochs(String id) {
    return epochs.of(get(id).id());
  }

  private Job changed(boolean done, String id, String hint) {
    Job job = get(id);
    if (!done) {
      throw new ApiException(
          Problem.CONFLICT, "The job '%s' is %s.".formatted(id, job.state()), hint);
    }
    return job;
  }
}
