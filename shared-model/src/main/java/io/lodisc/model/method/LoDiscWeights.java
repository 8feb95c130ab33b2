package io.lodisc.model.method;

import ai.djl.ndarray.NDArray;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Draw;
import io.lodisc.model.vit.Head;
import io.lodisc.model.vit.VitWeights;
import io.lodisc.model.vit.Weights;
import java.util.ArrayList;
import java.util.List;

/** The tensors of a LoDisc run: {@code query.*}, {@code predictor.*} and {@code key.*}. */
public final class LoDiscWeights {

  private LoDiscWeights() {}

  /**
   * Draws the query side.
   *
   * @param positionDeviation of learned positions
   */
  public static void initializeQuery(
      Weights weights,
      Architecture architecture,
      HeadSizes heads,
      double positionDeviation,
      long seed) {
    Draw draw = new Draw(seed);
    VitWeights.initialize(weights.at("query.backbone"), architecture, positionDeviation, draw);
    if (heads.projector()) {
      Head.initialize(weights.at("query.projector"), draw, heads.ofProjector(architecture.width()));
    }
    Head.initialize(weights.at("predictor"), draw, heads.ofPredictor());
  }

  /** The momentum encoder starts as a copy of the query encoder. */
  public static void copyQueryToKey(Weights weights) {
    Weights key = weights.at("key");
    List<String> names = new ArrayList<>();
    weights.at("query").forEach((name, tensor) -> names.add(name));
    for (String name : names) {
      NDArray tensor = weights.at("query").get(name);
      key.put(name, tensor.toFloatArray(), tensor.getShape());
    }
  }

  /** Marks what the optimiser trains: query side and predictor, never the momentum encoder. */
  public static void train(
      Weights weights, Architecture architecture, boolean trainPatchProjection) {
    VitWeights.train(weights.at("query.backbone"), architecture, trainPatchProjection);
    for (String module : new String[] {"query.projector", "predictor"}) {
      Weights head = weights.at(module);
      head.parameters().forEach(name -> head.train(name, true));
    }
  }
}
