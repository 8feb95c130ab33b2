package io.lodisc.training.pretrain;

import ai.djl.engine.Engine;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.encoder.TensorWeights;
import io.lodisc.model.method.AdamW;
import io.lodisc.model.vit.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a run's checkpoints: the encoder that serves, and all that training needs to go on. */
final class CheckpointWriter {

  static final String PROJECTOR = "training.projector.safetensors";
  static final String PREDICTOR = "training.predictor.safetensors";
  private static final String MOMENTUM = "training.momentum.safetensors";
  private static final String OPTIMIZER = "training.optimizer.safetensors";

  private final Run run;
  private final Weights weights;
  private final AdamW optimizer;
  private final RunListener listener;

  CheckpointWriter(Run run, Weights weights, AdamW optimizer, RunListener listener) {
    this.run = run;
    this.weights = weights;
    this.optimizer = optimizer;
    this.listener = listener;
  }

  /**
   * Writes the state after a step.
   *
   * @param loss mean of the epoch; null before the first step
   */
  void write(int epoch, long step, Double loss) {
    Map<String, Map<String, Tensor>> files = new LinkedHashMap<>();
    files.put(Checkpoints.ENCODER, TensorWeights.copy(weights.at("query.backbone")));
    files.put(PROJECTOR, TensorWeights.copy(weights.at("query.projector")));
    files.put(PREDICTOR, TensorWeights.copy(weights.at("predictor")));
    files.put(MOMENTUM, TensorWeights.copy(weights.at("key")));
    Map<String, Tensor> moments = new LinkedHashMap<>();
    optimizer.forEach((name, array) -> moments.put(name, TensorWeights.copy(array)));
    files.put(OPTIMIZER, moments);

    Path folder = Path.of(run.checkpoints()).resolve("step-%08d".formatted(step));
    try {
      Checkpoints.write(folder, manifest(epoch, step, loss), files);
    } catch (IOException e) {
      throw new TrainingException(
          "The checkpoint of step %d could not be written: %s".formatted(step, e.getMessage()),
          "Make room on the disk; the checkpoint before it is still good.",
          e);
    }
    listener.checkpoint(folder, epoch, step, loss);
  }

  private Manifest manifest(int epoch, long step, Double loss) {
    Engine engine = Engine.getEngine("PyTorch");
    String version = CheckpointWriter.class.getPackage().getImplementationVersion();
    return new Manifest(
        Manifest.FORMAT,
        run.settings().architecture(),
        run.settings().preprocessing(),
        run.job(),
        run.dataset(),
        epoch,
        step,
        loss,
        Instant.now(),
        Map.of(
            "lodisc", version == null ? "development" : version,
            "djl", Engine.getDjlVersion(),
            "pytorch", engine.getVersion()),
        run.settings(),
        Map.of());
  }
}
