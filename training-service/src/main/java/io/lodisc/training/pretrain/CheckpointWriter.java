package io.lodisc.training.pretrain;

import ai.djl.engine.Engine;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.encoder.TensorWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Writes a run's checkpoints: the encoder that serves, and all that training needs to go on. */
final class CheckpointWriter {

  static final String PROJECTOR = "training.projector.safetensors";
  static final String PREDICTOR = "training.predictor.safetensors";
  static final String OPTIMIZER = "training.optimizer.safetensors";

  /** Where each module's weights lie; a run without a projector has no file of it. */
  static final Map<String, String> MODULES = modules();

  static final String PREFIX = "step-";

  private final Run run;
  private final TrainingState state;
  private final RunListener listener;

  CheckpointWriter(Run run, TrainingState state, RunListener listener) {
    this.run = run;
    this.state = state;
    this.listener = listener;
  }

  private static Map<String, String> modules() {
    Map<String, String> modules = new LinkedHashMap<>();
    modules.put("query.backbone", Checkpoints.ENCODER);
    modules.put("query.projector", PROJECTOR);
    modules.put("predictor", PREDICTOR);
    modules.put("key", "training.momentum.safetensors");
    return Collections.unmodifiableMap(modules);
  }

  /** Tells of a checkpoint that an earlier process may have written without telling. */
  static void announce(Path folder, RunListener listener) {
    Manifest manifest = Checkpoints.manifest(folder);
    listener.checkpoint(folder, manifest.epoch(), manifest.step(), manifest.loss(), null);
  }

  /**
   * Writes the state after a step.
   *
   * @param loss mean of the epoch; null before the first step
   */
  void write(int epoch, long step, Double loss) {
    long began = System.nanoTime();
    Map<String, Map<String, Tensor>> files = new LinkedHashMap<>();
    MODULES.forEach(
        (module, file) -> {
          Map<String, Tensor> tensors = TensorWeights.copy(state.weights().at(module));
          if (!tensors.isEmpty()) {
            files.put(file, tensors);
          }
        });
    Map<String, Tensor> moments = new LinkedHashMap<>();
    state.optimizer().forEach((name, array) -> moments.put(name, TensorWeights.copy(array)));
    files.put(OPTIMIZER, moments);
    files.values().forEach(tensors -> requireFinite(tensors, step));

    Path folder = run.checkpoints().resolve((PREFIX + "%08d").formatted(step));
    try {
      setAside(folder);
      Checkpoints.write(folder, manifest(epoch, step, loss), files);
    } catch (IOException e) {
      throw TrainingException.ofDisk(
          "The checkpoint of step %d could not be written: %s".formatted(step, e.getMessage()),
          "Make room on the disk; the checkpoint before it is still good.",
          e);
    }
    listener.checkpoint(folder, epoch, step, loss, (System.nanoTime() - began) / 1e9);
  }

  /** A checkpoint of this step that is there was found damaged, or the run would be past it. */
  private static void setAside(Path folder) throws IOException {
    if (Files.exists(folder)) {
      Path aside =
          folder.resolveSibling("damaged-%s-%s".formatted(folder.getFileName(), UUID.randomUUID()));
      Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
    }
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
        Map.of(),
        state.log().state());
  }

  private static void requireFinite(Map<String, Tensor> tensors, long step) {
    tensors.forEach(
        (name, tensor) -> {
          for (float value : tensor.values()) {
            if (!Float.isFinite(value)) {
              throw TrainingException.diverged(
                  "%s holds %s after step %d.".formatted(name, value, step));
            }
          }
        });
  }
}
