package io.lodisc.training.job;

import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/v1/jobs")
class JobController {

  record Jobs(List<JobResponse> items) {}

  record Epochs(List<JsonNode> items) {}

  private final JobRegistry registry;
  private final JsonMapper json;

  JobController(JobRegistry registry, JsonMapper json) {
    this.registry = registry;
    this.json = json;
  }

  @PostMapping
  ResponseEntity<JobResponse> submit(@RequestBody ObjectNode request) {
    Job job = registry.submit(request);
    return ResponseEntity.created(URI.create("/api/v1/jobs/" + job.id())).body(job.response(json));
  }

  @GetMapping
  Jobs list() {
    return new Jobs(registry.all().stream().map(j -> j.response(json)).toList());
  }

  @GetMapping("/{id}")
  JobResponse get(@PathVariable String id) {
    return registry.get(id).response(json);
  }

  @GetMapping("/{id}/epochs")
  Epochs epochs(@PathVariable String id) {
    return new Epochs(registry.epochs(id));
  }

  @PostMapping("/{id}/resume")
  @ResponseStatus(HttpStatus.ACCEPTED)
  JobResponse resume(@PathVariable String id) {
    return registry.resume(id).response(json);
  }

  @PostMapping("/{id}/cancel")
  @ResponseStatus(HttpStatus.ACCEPTED)
  JobResponse cancel(@PathVariable String id) {
    return registry.cancel(id).response(json);
  }
}
