package io.lodisc.inference.model;

import io.lodisc.inference.config.InferenceProperties;
import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.checkpoint.Manifest.FileEntry;
import io.lodisc.model.encoder.QueryEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Checkpoints on this machine's disk: what serving needs of them, verified, whole or not there. */
@Component
class CheckpointCache {

  private static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";
  private static final long MAX_MANIFEST_BYTES = 1 << 20;

  private final TrainingService training;
  private final Path root;

  CheckpointCache(TrainingService training, InferenceProperties properties) {
    this.training = training;
    this.root = properties.cache();
  }

  /**
   * Loads a checkpoint's encoder, fetching it first where it is not here or no longer whole.
   *
   * @throws CheckpointException if the checkpoint is damaged at its source
   * @throws org.springframework.web.client.RestClientException if it cannot be fetched
   */
  QueryEncoder load(String checkpoint) {
    if (!checkpoint.matches(ID)) {
      throw new CheckpointException("'%s' cannot be a checkpoint's id".formatted(checkpoint));
    }
    Path folder = root.resolve(checkpoint);
    try {
      if (Files.exists(folder)) {
        try {
          return QueryEncoder.load(folder);
        } catch (CheckpointException damaged) {
          FileSystemUtils.deleteRecursively(folder);
        }
      }
      fetch(checkpoint, folder);
      return QueryEncoder.load(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("could not keep checkpoint " + checkpoint, e);
    }
  }

  private void fetch(String checkpoint, Path folder) throws IOException {
    Path unfinished = root.resolve("." + checkpoint + "-" + UUID.randomUUID());
    Files.createDirectories(unfinished);
    try {
      training.download(
          checkpoint,
          Checkpoints.MANIFEST,
          unfinished.resolve(Checkpoints.MANIFEST),
          MAX_MANIFEST_BYTES);
      fetchEncoder(checkpoint, Checkpoints.manifest(unfinished), unfinished);
      ServingManifest.write(unfinished.resolve(Checkpoints.MANIFEST));
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FileSystemUtils.deleteRecursively(unfinished);
    }
  }

  private void fetchEncoder(String checkpoint, Manifest manifest, Path into) {
    FileEntry promised = manifest.files().get(Checkpoints.ENCODER);
    Download arrived =
        training.download(
            checkpoint, Checkpoints.ENCODER, into.resolve(Checkpoints.ENCODER), promised.bytes());
    if (arrived.bytes() != promised.bytes() || !arrived.sha256().equals(promised.sha256())) {
      throw new CheckpointException(
          "%s of checkpoint %s is not what its manifest says: %d bytes of %d, or another hash"
              .formatted(Checkpoints.ENCODER, checkpoint, arrived.bytes(), promised.bytes()));
    }
  }
}
