package io.lodisc.training.checkpoint;

import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.training.ApiRole;
import java.util.List;
import org.springframework.core.io.FileSystemResource;
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

  CheckpointController(CheckpointRegistry registry) {
    this.registry = registry;
  }

  @GetMapping
  StoredCheckpoints list() {
    return new StoredCheckpoints(registry.all().stream().map(CheckpointResponse::of).toList());
  }

  @GetMapping("/{id}")
  CheckpointResponse get(@PathVariable String id) {
    return CheckpointResponse.of(registry.get(id));
  }

  @GetMapping("/{id}/files/{name}")
  ResponseEntity<FileSystemResource> file(@PathVariable String id, @PathVariable String name) {
    try {
      return CheckpointFiles.serve(registry.get(id), name);
    } catch (CheckpointException e) {
      registry.get(id); // which tells if it was deleted since
      throw e;
    }
  }
}
