package io.lodisc.model.exchange;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.vit.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An encoder out of a file.
 *
 * @param recognised whose names they were: timm, torchvision or huggingface
 * @param architecture as the shapes tell it
 * @param tensors under timm's names, in timm's order
 * @param unused names in the file that the encoder does not need
 * @param notes on what is not as in the file
 */
public record ImportedEncoder(
    String recognised,
    Architecture architecture,
    Map<String, Tensor> tensors,
    List<String> unused,
    List<String> notes) {

  /**
   * Writes it as a checkpoint.
   *
   * @param folder must not exist
   * @param preprocessing of this encoder's picture size
   */
  public Manifest write(Path folder, Preprocessing preprocessing, Instant now) throws IOException {
    String version = ImportedEncoder.class.getPackage().getImplementationVersion();
    Manifest about =
        new Manifest(
            Manifest.FORMAT,
            architecture,
            preprocessing,
            "import",
            null,
            0,
            0,
            null,
            now,
            Map.of("lodisc", version == null ? "development" : version, "names", recognised),
            null,
            Map.of());
    return Checkpoints.write(folder, about, Map.of(Checkpoints.ENCODER, tensors));
  }
}
