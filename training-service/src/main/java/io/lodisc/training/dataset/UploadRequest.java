package io.lodisc.training.dataset;

import jakarta.validation.constraints.NotNull;
import org.springframework.web.multipart.MultipartFile;

/**
 * Registers an uploaded zip of pictures.
 *
 * @param file the zip
 * @param split if given, only the pictures of this split of manifest.csv
 */
record UploadRequest(@DatasetName String name, @NotNull MultipartFile file, String split) {}
