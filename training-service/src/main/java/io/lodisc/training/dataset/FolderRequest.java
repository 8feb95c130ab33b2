package io.lodisc.training.dataset;

import jakarta.validation.constraints.NotBlank;

/**
 * Registers a folder that the service can read.
 *
 * @param path absolute, under one of the allowed roots
 * @param split if given, only the pictures of this split of manifest.csv
 */
record FolderRequest(@DatasetName String name, @NotBlank String path, String split) {}
