package io.lodisc.training.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.method.Objective.Losses;
import io.lodisc.model.method.Objectives;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Draw;
import io.lodisc.model.vit.VisionTransformer;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A profile's model in small sizes, and a step of it. */
record TinyProfile(Settings settings, Weights weights, NDArray x) {

  static final int WIDTH = 16;
  static final int HIDDEN = 32;
  static final int OUT = 24;
  static final int BATCH = 64;
  private static final int SIDE = 16;

  /**
   * @param more settings, each with a comma behind it
   * @param start a checkpoint, which settles the architecture; null draws start weights
   */
  static TinyProfile of(NDManager manager, String profile, String more, Path start) {
    String json =
        """
        {"profile": "%s", %s "batch": %d, "headHidden": %d, "headOut": %d,
         "architecture": {"imageSize": %d, "patch": 4, "width": %d, "depth": 2, "heads": 2}}
        """
            .formatted(profile, more, BATCH, HIDDEN, OUT, SIDE, WIDTH);
    ObjectNode tree = JsonMapper.shared().readValue(json, ObjectNode.class);
    if (start != null) {
      Architecture theirs = Checkpoints.manifest(start).architecture();
      tree.set("architecture", JsonMapper.shared().valueToTree(theirs));
    }
    Settings settings = SettingsJson.read(tree);
    Run run = new Run("job", "data", settings, List.of(), null, start, null, null);
    float[] pictures = new Draw(2).normal(2 * BATCH * 3 * SIDE * SIDE, 1);
    return new TinyProfile(
        settings,
        StartWeights.of(run, manager),
        manager.create(pictures, new Shape(2 * BATCH, 3, SIDE, SIDE)));
  }

  static TinyProfile of(NDManager manager, String profile) {
    return of(manager, profile, "", null);
  }

  Losses step(double momentum) {
    return Objectives.of(
            settings.objective(),
            settings.architecture(),
            settings.headSizes(),
            settings.loDisc(),
            weights)
        .step(x, momentum, 0, 1);
  }

  /** The momentum encoder's class tokens of one view. */
  double[][] classTokens(int view) {
    VisionTransformer backbone =
        new VisionTransformer(settings.architecture(), weights.at("key.backbone"), Kernel.FUSED);
    return rows(
        Torch.withoutGradients(() -> backbone.forward(x, Attention.NONE).classToken()), view);
  }

  /** The rows of one view: 0 or 1. */
  static double[][] rows(NDArray both, int view) {
    float[] values = both.toFloatArray();
    int length = values.length / (2 * BATCH);
    double[][] rows = new double[BATCH][length];
    for (int i = 0; i < BATCH * length; i++) {
      rows[i / length][i % length] = values[view * BATCH * length + i];
    }
    return rows;
  }

  /** The shape of each tensor of a module. */
  Map<String, Shape> shapes(String module) {
    Map<String, Shape> shapes = new TreeMap<>();
    weights.at(module).forEach((name, tensor) -> shapes.put(name, tensor.getShape()));
    return shapes;
  }
}
