package io.lodisc.retrieval.imports;

import io.lodisc.web.Form;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

@RestController
class ImportController {

  private final ArchiveImport imports;

  ImportController(ArchiveImport imports) {
    this.imports = imports;
  }

  /**
   * Imports a zip of pictures with class folders or a manifest.csv.
   *
   * @param file the zip
   * @param split only its pictures
   * @param skipBroken leave out what is no picture, and tell it, rather than refuse the archive
   */
  @PostMapping(
      path = "/api/v1/collections/{collection}/items:import",
      consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  Imported run(
      @PathVariable String collection,
      @RequestPart(required = false) MultipartFile file,
      @RequestParam(required = false) String split,
      @RequestParam(defaultValue = "false") boolean skipBroken,
      MultipartHttpServletRequest request) {
    Form.allow(request, "file", "split", "skipBroken");
    return imports.run(collection, Form.file(file, "file"), split, skipBroken);
  }
}
