package io.lodisc.training.checkpoint;

import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.vit.Architecture;
import java.time.Instant;
import java.util.List;

/**
 * @param dimension of the embeddings
 * @param files what /files/{name} serves, beside manifest.json
 */
record CheckpointResponse(
    String id,
    String job,
    String dataset,
    int epoch,
    long step,
    Double loss,
    Architecture architecture,
    int dimension,
    List<StoredFile> files,
    Instant createdAt) {

  record StoredFile(String name, long bytes, String sha256) {}

  static CheckpointResponse of(StoredCheckpoint checkpoint) {
    Manifest manifest = checkpoint.manifest();
    return new CheckpointResponse(
        checkpoint.id(),
        manifest.job(),
        manifest.dataset(),
        manifest.epoch(),
        manifest.step(),
        manifest.loss(),
        manifest.architecture(),
        manifest.architecture().width(),
        manifest.files().entrySet().stream()
            .map(f -> new StoredFile(f.getKey(), f.getValue().bytes(), f.getValue().sha256()))
            .toList(),
        checkpoint.createdAt());
  }
}
