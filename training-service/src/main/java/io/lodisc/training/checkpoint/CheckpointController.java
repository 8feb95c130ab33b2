package io.lodisc.training.checkpoint;

import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.training.ApiRole;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@ApiRole
@RestController
@RequestMapping("/api/v1/checkpoints")
class CheckpointController {

  record StoredCheckpoints(List<CheckpointResponse> items) {}

  private final CheckpointRegistry registry;
  private final CheckpointFiles files;

  CheckpointController(CheckpointRegistry registry, CheckpointFiles files) {
    this.registry = registry;
    this.files = files;
  }

  /** Lists the checkpoints, the newest first. */
  @GetMapping
  StoredCheckpoints list() {
    return new StoredCheckpoints(registry.all().stream().map(CheckpointResponse::of).toList());
  }

  /** Shows a checkpoint. */
  @GetMapping("/{id}")
  CheckpointResponse get(@PathVariable String id) {
    return CheckpointResponse.of(registry.get(id));
  }

  /** Serves a file of a checkpoint, whole or in ranges. */
  @GetMapping("/{id}/files/{name}")
  ResponseEntity<Resource> file(@PathVariable String id, @PathVariable String name) {
    try {
      return files.serve(registry.get(id), name);
    } catch (CheckpointException e) {
      registry.get(id); // which tells if it was deleted since
      throw e;
    }
  }
}
