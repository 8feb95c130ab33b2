package io.lodisc.training.dataset;

import jakarta.validation.constraints.NotNull;
import org.springframework.web.multipart.MultipartFile;

/**
 * Registers an uploaded zip of pictures; the fields are those of {@link FolderRequest}.
 *
 * @param file the zip
 */
record UploadRequest(
    @DatasetName String name,
    @NotNull MultipartFile file,
    String layout,
    String split,
    Boolean partial,
    Long seed,
    @TestShare Double testShare) {

  Reading reading() {
    return Reading.of(layout, split, partial, seed, testShare);
  }
}
