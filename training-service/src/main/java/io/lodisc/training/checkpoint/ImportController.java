package io.lodisc.training.checkpoint;

import io.lodisc.training.ApiRole;
import io.lodisc.web.Form;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

@ApiRole
@RestController
class ImportController {

  private final CheckpointImport imports;

  ImportController(CheckpointImport imports) {
    this.imports = imports;
  }

  /** Makes a checkpoint of an encoder in a safetensors file. */
  @PostMapping(path = "/api/v1/checkpoints:import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<ImportResponse> read(
      @Valid @ModelAttribute ImportRequest request, MultipartHttpServletRequest form) {
    Form.allow(form, ImportRequest.FIELDS);
    ImportResponse imported = imports.read(request);
    return ResponseEntity.created(URI.create("/api/v1/checkpoints/" + imported.checkpoint().id()))
        .body(imported);
  }
}
