package io.lodisc.inference;

import ai.djl.ndarray.NDManager;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.encoder.TensorWeights;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.model.vit.Draw;
import io.lodisc.model.vit.VitWeights;
import io.lodisc.model.vit.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Writes real checkpoints of a tiny model. */
final class TinyCheckpoint {

  static final int DIMENSION = 16;

  private TinyCheckpoint() {}

  /** A checkpoint as training leaves it: the encoder, and state that only training needs. */
  static Path write(Path folder, long seed) throws IOException {
    Torch.start();
    Architecture tiny = new Architecture(32, 8, DIMENSION, 2, 2, 2, Positions.SINCOS);
    try (NDManager manager = Torch.manager()) {
      Weights weights = new Weights(manager);
      VitWeights.initialize(weights, tiny, 0.02, new Draw(seed));
      Manifest about =
          new Manifest(
              Manifest.FORMAT,
              tiny,
              Preprocessing.imagenet(32),
              "job",
              "dataset",
              1,
              10,
              1.5,
              Instant.EPOCH,
              Map.of("lodisc", "test"),
              null,
              null);
      Checkpoints.write(
          folder,
          about,
          Map.of(
              Checkpoints.ENCODER,
              TensorWeights.copy(weights),
              "optimizer.safetensors",
              Map.of("state", new Tensor(new float[4], 4))));
      return folder;
    }
  }
}
