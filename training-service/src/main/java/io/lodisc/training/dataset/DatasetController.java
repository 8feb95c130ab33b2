package io.lodisc.training.dataset;

import io.lodisc.training.ApiRole;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@ApiRole
@RestController
@RequestMapping("/api/v1/datasets")
class DatasetController {

  record Datasets(List<DatasetResponse> items) {}

  private final DatasetRegistry registry;
  private final JsonMapper json;

  DatasetController(DatasetRegistry registry, JsonMapper json) {
    this.registry = registry;
    this.json = json;
  }

  /** Registers a folder of pictures, or an uploaded zip of them, as a data set. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<DatasetResponse> folder(@Valid @RequestBody FolderRequest request) {
    return created(registry.registerFolder(request));
  }

  /** Registers a folder of pictures, or an uploaded zip of them, as a data set. */
  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<DatasetResponse> upload(@Valid @ModelAttribute UploadRequest request) {
    return created(registry.registerUpload(request));
  }

  /** Lists the data sets. */
  @GetMapping
  Datasets list() {
    return new Datasets(registry.all().stream().map(dataset -> dataset.response(json)).toList());
  }

  /** Shows a data set. */
  @GetMapping("/{name}")
  DatasetResponse get(@PathVariable String name) {
    return registry.get(name).response(json);
  }

  private ResponseEntity<DatasetResponse> created(Dataset dataset) {
    return ResponseEntity.created(URI.create("/api/v1/datasets/" + dataset.name()))
        .body(dataset.response(json));
  }
}
