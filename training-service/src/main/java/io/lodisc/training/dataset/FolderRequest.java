package io.lodisc.training.dataset;

import jakarta.validation.constraints.NotBlank;

/**
 * Registers a folder that the service can read.
 *
 * @param path absolute, under one of the allowed roots
 * @param layout default: recognised
 * @param split if given, only its pictures are trained on
 * @param partial take a published set although it is not whole
 * @param seed of the split, where the layout draws one
 * @param testShare of each class, where the layout draws the split
 */
record FolderRequest(
    @DatasetName String name,
    @NotBlank String path,
    String layout,
    String split,
    Boolean partial,
    Long seed,
    @TestShare Double testShare) {

  Reading reading() {
    return Reading.of(layout, split, partial, seed, testShare);
  }
}
