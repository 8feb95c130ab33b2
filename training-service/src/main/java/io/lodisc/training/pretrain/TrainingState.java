package io.lodisc.training.pretrain;

import ai.djl.ndarray.NDManager;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.encoder.TensorWeights;
import io.lodisc.model.method.AdamW;
import io.lodisc.model.method.LoDiscWeights;
import io.lodisc.model.vit.Weights;
import java.nio.file.Path;

/**
 * All that a run is at a step: with it, the rest of the run is settled to the last bit.
 *
 * @param step optimiser steps done
 * @param log what was measured so far
 */
record TrainingState(Weights weights, AdamW optimizer, long step, TrainingLog log) {

  /** That of a new run. */
  static TrainingState start(Run run, NDManager manager) {
    Weights weights = StartWeights.of(run, manager);
    return new TrainingState(weights, optimizer(weights, run.settings()), 0, new TrainingLog());
  }

  /** That of a checkpoint. */
  static TrainingState resume(Path checkpoint, Settings settings, NDManager manager) {
    Manifest manifest = Checkpoints.manifest(checkpoint);
    Weights weights = new Weights(manager);
    CheckpointWriter.MODULES.forEach(
        (module, file) -> {
          if (manifest.files().containsKey(file)) {
            TensorWeights.put(weights.at(module), Checkpoints.read(checkpoint, file));
          }
        });
    LoDiscWeights.train(weights, settings.architecture(), settings.trainPatchProjection());
    AdamW optimizer = optimizer(weights, settings);
    optimizer.restore(Checkpoints.read(checkpoint, CheckpointWriter.OPTIMIZER));
    return new TrainingState(
        weights, optimizer, manifest.step(), TrainingLog.of(manifest.training()));
  }

  private static AdamW optimizer(Weights weights, Settings settings) {
    return new AdamW(weights, settings.weightDecay(), settings.clipNorm());
  }
}
