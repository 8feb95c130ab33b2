package io.lodisc.training.job;

import io.lodisc.training.ApiRole;
import io.lodisc.training.TrainingFolders;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.core.io.FileSystemResource;
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
  private final TrainingFolders folders;

  ReportController(JobRegistry registry, TrainingFolders folders) {
    this.registry = registry;
    this.folders = folders;
  }

  @GetMapping("/{*file}")
  ResponseEntity<FileSystemResource> file(@PathVariable String id, @PathVariable String file) {
    Path folder = folders.report(registry.get(id).id());
    Path asked = folder.resolve(file.substring(1)).normalize();
    if (!asked.startsWith(folder) || !Files.isRegularFile(asked)) {
      throw new ApiException(
          Problem.NOT_FOUND,
          "The job '%s' has no file '%s' in a report.".formatted(id, file.substring(1)),
          "A job of the type reproduce has report.html once its first run is finished.");
    }
    FileSystemResource resource = new FileSystemResource(asked);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noCache())
        .contentType(
            MediaTypeFactory.getMediaType(resource).orElse(MediaType.APPLICATION_OCTET_STREAM))
        .body(resource);
  }
}
