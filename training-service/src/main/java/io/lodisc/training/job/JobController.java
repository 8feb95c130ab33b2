package io.lodisc.training.job;

import io.lodisc.training.ApiRole;
import io.lodisc.web.User;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@ApiRole
@RestController
@RequestMapping("/api/v1/jobs")
class JobController {

  record Epochs(List<JsonNode> items) {}

  private final JobSubmission submission;
  private final JobRegistry registry;
  private final JsonMapper json;

  JobController(JobSubmission submission, JobRegistry registry, JsonMapper json) {
    this.submission = submission;
    this.registry = registry;
    this.json = json;
  }

  /**
   * Submits a job.
   *
   * @param key 1 to 200 characters: the same key and request give the same job, whose answer is a
   *     200
   * @return the job as it waits
   */
  @PostMapping
  ResponseEntity<JobResponse> submit(
      @RequestBody ObjectNode request,
      @RequestHeader(name = User.HEADER, defaultValue = User.ANONYMOUS) String user,
      @RequestHeader(name = "Idempotency-Key", required = false) String key) {
    JobSubmission.Taken taken = submission.submit(request, User.checked(user), key);
    return ResponseEntity.status(taken.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .location(URI.create("/api/v1/jobs/" + taken.job().id()))
        .body(registry.get(taken.job().id()).response(json));
  }

  /** Shows a job. */
  @GetMapping("/{id}")
  JobResponse get(@PathVariable String id) {
    return registry.get(id).response(json);
  }

  /** Tells what each epoch of a job measured. */
  @GetMapping("/{id}/epochs")
  Epochs epochs(@PathVariable String id) {
    return new Epochs(registry.epochs(id));
  }

  /** Puts a paused, failed or cancelled job back into the queue. */
  @PostMapping("/{id}/resume")
  @ResponseStatus(HttpStatus.ACCEPTED)
  JobResponse resume(
      @PathVariable String id,
      @RequestHeader(name = User.HEADER, defaultValue = User.ANONYMOUS) String user) {
    return registry.resume(id, User.checked(user)).response(json);
  }

  /** Stops a queued or running job for now; a running one leaves a checkpoint. */
  @PostMapping("/{id}/pause")
  @ResponseStatus(HttpStatus.ACCEPTED)
  JobResponse pause(
      @PathVariable String id,
      @RequestHeader(name = User.HEADER, defaultValue = User.ANONYMOUS) String user) {
    return registry.pause(id, User.checked(user)).response(json);
  }

  /** Stops a queued, running or paused job for good. */
  @PostMapping("/{id}/cancel")
  @ResponseStatus(HttpStatus.ACCEPTED)
  JobResponse cancel(
      @PathVariable String id,
      @RequestHeader(name = User.HEADER, defaultValue = User.ANONYMOUS) String user) {
    return registry.cancel(id, User.checked(user)).response(json);
  }
}
