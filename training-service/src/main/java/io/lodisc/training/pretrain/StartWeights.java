package io.lodisc.training.pretrain;

import ai.djl.ndarray.NDManager;
import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.encoder.TensorWeights;
import io.lodisc.model.method.LoDiscWeights;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.PositionTable;
import io.lodisc.model.vit.Weights;
import java.nio.file.Path;
import java.util.Map;

/** The weights a run begins with. */
final class StartWeights {

  private static final String POSITIONS = "pos_embed";

  private StartWeights() {}

  /**
   * Draws them from the seed, or takes a checkpoint's encoder, and its heads if it has them in the
   * sizes of this run; the momentum encoder starts as the query encoder's copy. A checkpoint of
   * another picture size has its positions fitted to this run's.
   */
  static Weights of(Run run, NDManager manager) {
    Settings settings = run.settings();
    Weights weights = new Weights(manager);
    LoDiscWeights.initializeQuery(
        weights,
        settings.architecture(),
        settings.headSizes(),
        settings.positionDeviation(),
        settings.seed());
    if (run.start() != null) {
      load(weights, run.start(), settings);
    }
    LoDiscWeights.copyQueryToKey(weights);
    LoDiscWeights.train(weights, settings.architecture(), settings.trainPatchProjection());
    return weights;
  }

  private static void load(Weights weights, Path checkpoint, Settings settings) {
    Manifest manifest = verified(checkpoint);
    Architecture architecture = settings.architecture();
    if (!architecture.canStartFrom(manifest.architecture())) {
      throw new TrainingException(
          "The start weights are of another architecture: " + manifest.architecture(),
          "Leave out the architecture to take that of the start weights.",
          null);
    }
    Map<String, Tensor> encoder = Checkpoints.read(checkpoint, Checkpoints.ENCODER);
    encoder.computeIfPresent(
        POSITIONS,
        (name, table) ->
            new Tensor(
                PositionTable.fit(table.values(), manifest.architecture(), architecture),
                1,
                1 + architecture.patches(),
                architecture.width()));
    TensorWeights.put(weights.at("query.backbone"), encoder);
    take(weights.at("query.projector"), manifest, checkpoint, CheckpointWriter.PROJECTOR);
    take(weights.at("predictor"), manifest, checkpoint, CheckpointWriter.PREDICTOR);
  }

  private static Manifest verified(Path checkpoint) {
    try {
      return Checkpoints.verify(checkpoint);
    } catch (CheckpointException e) {
      throw new TrainingException(
          "%s cannot be started from: %s.".formatted(checkpoint, e.getMessage()),
          "Name another checkpoint, or write this one again.",
          e);
    }
  }

  private static void take(Weights head, Manifest manifest, Path checkpoint, String file) {
    if (manifest.files().containsKey(file)) {
      var tensors = Checkpoints.read(checkpoint, file);
      if (TensorWeights.fit(head, tensors)) {
        TensorWeights.put(head, tensors);
      }
    }
  }
}
