package io.lodisc.training.checkpoint;

import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest.FileEntry;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Serves a checkpoint's manifest and the files it lists, and nothing else of the store. */
@Component
class CheckpointFiles {

  private final CheckpointStore store;

  CheckpointFiles(CheckpointStore store) {
    this.store = store;
  }

  /** The file with its SHA-256 as ETag; Spring answers ranges and conditions. */
  ResponseEntity<Resource> serve(StoredCheckpoint checkpoint, String name) {
    FileEntry entry = checkpoint.manifest().files().get(name);
    boolean manifest = name.equals(Checkpoints.MANIFEST);
    if (entry == null && !manifest) {
      throw new ApiException(
          Problem.NOT_FOUND,
          "The checkpoint '%s' has no file '%s'.".formatted(checkpoint.id(), name),
          "It has manifest.json, " + String.join(", ", checkpoint.manifest().files().keySet()));
    }
    Resource file = store.file(checkpoint, name);
    if (!file.exists()) {
      throw new CheckpointException(
          "The file %s of checkpoint '%s' is missing.".formatted(name, checkpoint.id()));
    }
    return ResponseEntity.ok()
        .eTag(manifest ? sha256(file) : entry.sha256())
        .cacheControl(CacheControl.noCache())
        .contentType(
            name.endsWith(".json")
                ? MediaType.APPLICATION_JSON
                : MediaType.APPLICATION_OCTET_STREAM)
        .body(file);
  }

  private static String sha256(Resource file) {
    try (InputStream in = file.getInputStream()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(in.readAllBytes()));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new CheckpointException("The manifest cannot be read.", e);
    }
  }
}
