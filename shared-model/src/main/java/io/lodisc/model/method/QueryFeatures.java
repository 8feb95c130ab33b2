package io.lodisc.model.method;

import ai.djl.ndarray.NDArray;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Head;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Features;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.Weights;
import java.util.List;

/** The query side as a fixed function: what is measured of a run. */
public final class QueryFeatures {

  /**
   * @param classToken B x D, what is served
   * @param predicted B x out, the feature that the authors measure
   * @param attention of the class token, B x heads x 1 x (1 + N) a layer
   */
  public record Measured(NDArray classToken, NDArray predicted, List<NDArray> attention) {}

  private final Encoder query;
  private final Head predictor;

  /**
   * @param weights holds {@code query.*} and {@code predictor.*}
   */
  public QueryFeatures(Architecture architecture, HeadSizes heads, Weights weights) {
    this.query = new Encoder(architecture, heads, weights.at("query"), Kernel.FUSED);
    this.predictor = new Head(weights.at("predictor"), 0, heads.ofPredictor());
  }

  /** Of normalised pictures, B x 3 x image x image; no statistics move. */
  public Measured of(NDArray x) {
    return Torch.withoutGradients(
        () -> {
          try (Scope scope = new Scope()) {
            Features features = query.backbone().forward(x, Attention.CLASS_TOKEN);
            NDArray predicted = predictor.evaluate(query.evaluate(features.classToken()));
            features.attention().forEach(scope::keep);
            return new Measured(
                scope.keep(features.classToken()), scope.keep(predicted), features.attention());
          }
        });
  }
}
