package io.lodisc.inference.model;

import io.lodisc.model.checkpoint.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A checkpoint's manifest without the files that only training needs and that stay there. */
final class ServingManifest {

  private static final JsonMapper JSON = JsonMapper.shared();

  private ServingManifest() {}

  static void write(Path manifest) throws IOException {
    ObjectNode whole = (ObjectNode) JSON.readTree(Files.readAllBytes(manifest));
    ((ObjectNode) whole.get("files")).retain(Set.of(Checkpoints.ENCODER));
    Files.write(manifest, JSON.writeValueAsBytes(whole));
  }
}
