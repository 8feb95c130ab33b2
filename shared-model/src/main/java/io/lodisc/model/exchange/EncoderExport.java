package io.lodisc.model.exchange;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.checkpoint.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a checkpoint's encoder as one file under timm's names. */
public final class EncoderExport {

  private EncoderExport() {}

  /**
   * Writes it; the number of heads is noted in the file's metadata.
   *
   * @param file must not exist
   * @throws io.lodisc.model.checkpoint.CheckpointException if the checkpoint is damaged
   */
  public static void write(Path checkpoint, Path file) throws IOException {
    Manifest manifest = Checkpoints.verify(checkpoint);
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    Files.deleteIfExists(temporary);
    try {
      SafeTensors.write(
          temporary,
          Checkpoints.encoderMetadata(manifest.architecture()),
          Checkpoints.read(checkpoint, Checkpoints.ENCODER));
      Files.move(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
