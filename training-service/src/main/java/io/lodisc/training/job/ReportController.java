package io.lodisc.training.job;

import io.lodisc.training.ApiRole;
import io.lodisc.training.TrainingFolders;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import io.lodisc.web.blob.BlobStore;
import java.nio.file.Path;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The report of a reproduction: {@code report.html}, and what it shows. */
@ApiRole
@RestController
@RequestMapping("/api/v1/jobs/{id}/report")
class ReportController {

  private final JobRegistry registry;
  private final BlobStore store;
  private final TrainingFolders folders;

  ReportController(JobRegistry registry, BlobStore store, TrainingFolders folders) {
    this.registry = registry;
    this.store = store;
    this.folders = folders;
  }

  /** Serves a file of the report of a reproduction, {@code report.html} first. */
  @GetMapping("/{*file}")
  ResponseEntity<Resource> file(@PathVariable String id, @PathVariable String file) {
    Path folder = folders.report(registry.get(id).id());
    Path asked = folder.resolve(file.substring(1)).normalize();
    if (!asked.startsWith(folder)) {
      throw none(id, file);
    }
    Resource resource = store.get(folders.key(asked));
    if (!resource.isReadable()) {
      throw none(id, file);
    }
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noCache())
        .contentType(
            MediaTypeFactory.getMediaType(resource).orElse(MediaType.APPLICATION_OCTET_STREAM))
        .body(resource);
  }

  private static ApiException none(String id, String file) {
    return new ApiException(
        Problem.NOT_FOUND,
        "The job '%s' has no file '%s' in a report.".formatted(id, file.substring(1)),
        "A job of the type reproduce has report.html once its first run is finished.");
  }
}
