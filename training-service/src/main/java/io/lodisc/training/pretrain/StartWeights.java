package io.lodisc.training.pretrain;

import ai.djl.ndarray.NDManager;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.encoder.TensorWeights;
import io.lodisc.model.method.LoDiscWeights;
import io.lodisc.model.vit.Weights;
import java.nio.file.Path;

/** The weights a run begins with. */
final class StartWeights {

  private StartWeights() {}

  /**
   * Draws them from the seed, or takes a checkpoint's encoder, and its heads if it has them in the
   * sizes of this run; the momentum encoder starts as the query encoder's copy.
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
      load(weights, Path.of(run.start()), settings);
    }
    LoDiscWeights.copyQueryToKey(weights);
    LoDiscWeights.train(weights, settings.architecture(), settings.trainPatchProjection());
    return weights;
  }

  private static void load(Weights weights, Path checkpoint, Settings settings) {
    Manifest manifest = Checkpoints.verify(checkpoint);
    if (!manifest.architecture().equals(settings.architecture())) {
      throw new TrainingException(
          "The start weights are of another architecture: " + manifest.architecture(),
          "Leave out the architecture to take that of the start weights.",
          null);
    }
    TensorWeights.put(
        weights.at("query.backbone"), Checkpoints.read(checkpoint, Checkpoints.ENCODER));
    take(weights.at("query.projector"), manifest, checkpoint, CheckpointWriter.PROJECTOR);
    take(weights.at("predictor"), manifest, checkpoint, CheckpointWriter.PREDICTOR);
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
