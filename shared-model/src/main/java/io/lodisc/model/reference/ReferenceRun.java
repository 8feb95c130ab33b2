package io.lodisc.model.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.encoder.TensorWeights;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.method.AdamW;
import io.lodisc.model.method.LoDisc;
import io.lodisc.model.method.LoDiscWeights;
import io.lodisc.model.vit.VisionTransformer;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Features;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The steps of a reference, run here on its batches in some order. */
final class ReferenceRun {

  private static final String AFTER = "after.";
  private static final String BACKBONE = AFTER + "query.backbone.";

  private final ReferenceConfig config;
  private final Map<String, Map<String, Tensor>> files;
  private final int[] order;
  private final Kernel kernel;
  private final Map<String, float[]> computed = new LinkedHashMap<>();

  ReferenceRun(
      ReferenceConfig config, Map<String, Map<String, Tensor>> files, int[] order, Kernel kernel) {
    this.config = config;
    this.files = files;
    this.order = order;
    this.kernel = kernel;
  }

  /** Everything computed, by FILE.TENSOR, rows in the reference's order. */
  Map<String, float[]> quantities() {
    try (NDManager manager = Torch.manager()) {
      Weights weights = new Weights(manager);
      TensorWeights.put(weights, files.get("initial"));
      LoDiscWeights.train(weights, config.architecture(), !config.freezePatchProjection());
      LoDisc lodisc =
          new LoDisc(config.architecture(), config.headSizes(), config.options(), weights, kernel);
      AdamW optimizer = new AdamW(weights, config.weightDecay(), 0);
      for (int i = 0; i < config.steps(); i++) {
        step("step" + i, manager, weights, lodisc, optimizer);
      }
      weights.forEach(
          (name, array) -> computed.put(lastStep() + "." + AFTER + name, array.toFloatArray()));
      embed(manager);
    }
    return computed;
  }

  private void step(
      String name, NDManager manager, Weights weights, LoDisc lodisc, AdamW optimizer) {
    try (Scope scope = new Scope()) {
      LoDisc.Step step =
          lodisc.run(
              NDArrays.concat(
                  new NDList(input(manager, name, "x1"), input(manager, name, "x2")), 0),
              config.momentum(),
              0,
              1);
      record(name, step);
      for (String trained : weights.trained()) {
        computed.put(name + ".grad." + trained, weights.get(trained).getGradient().toFloatArray());
      }
    }
    optimizer.step(config.learningRate());
  }

  private void record(String name, LoDisc.Step step) {
    views(name, "q", step.q());
    views(name, "k", step.k());
    views(name, "importance", step.importance());
    views(name, "mask", step.mask());
    views(name, "l", step.l());
    scalar(name + ".loss_global", step.global());
    scalar(name + ".loss_local", step.local());
    scalar(name + ".loss", step.loss());
  }

  /** The reference's own weights after the last step, so that only this pass is compared. */
  private void embed(NDManager manager) {
    Weights backbone = new Weights(manager);
    files
        .get(lastStep())
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(BACKBONE)) {
                backbone.put(
                    name.substring(BACKBONE.length()), tensor.values(), new Shape(tensor.shape()));
              }
            });
    try (Scope scope = new Scope()) {
      Tensor x = files.get("embed").get("x");
      NDArray input = manager.create(x.values(), new Shape(x.shape()));
      VisionTransformer encoder = new VisionTransformer(config.architecture(), backbone, kernel);
      Features features = Torch.withoutGradients(() -> encoder.forward(input, Attention.ALL));
      computed.put("embed.cls", features.classToken().toFloatArray());
      for (int i = 0; i < features.attention().size(); i++) {
        computed.put("embed.attention." + i, features.attention().get(i).toFloatArray());
      }
    }
  }

  private NDArray input(NDManager manager, String file, String name) {
    Tensor tensor = files.get(file).get(name);
    return manager.create(BatchOrder.apply(order, tensor), new Shape(tensor.shape()));
  }

  private void views(String step, String name, NDArray both) {
    if (both != null) {
      float[] values = both.toFloatArray();
      int half = values.length / 2;
      float[] first = Arrays.copyOfRange(values, 0, half);
      float[] second = Arrays.copyOfRange(values, half, values.length);
      computed.put(step + "." + name + "1", BatchOrder.undo(order, first));
      computed.put(step + "." + name + "2", BatchOrder.undo(order, second));
    }
  }

  private void scalar(String name, NDArray array) {
    if (array != null) {
      computed.put(name, array.toFloatArray());
    }
  }

  private String lastStep() {
    return "step" + (config.steps() - 1);
  }
}
