package io.lodisc.model.method;

import ai.djl.ndarray.NDArray;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Head;
import io.lodisc.model.vit.VisionTransformer;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Features;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.Weights;
import java.util.List;

/** A backbone and its projector: what query and momentum side share. */
public final class Encoder {

  /**
   * @param vector batch x out, before L2 normalisation
   * @param attention the class token's, one tensor a layer; empty if not asked for
   */
  public record Encoded(NDArray vector, List<NDArray> attention) {}

  private final Weights weights;
  private final VisionTransformer backbone;
  private final Head projector;

  /**
   * @param weights holds {@code backbone.*} and {@code projector.*}
   */
  public Encoder(Architecture architecture, HeadSizes heads, Weights weights, Kernel kernel) {
    this.weights = weights;
    this.backbone = new VisionTransformer(architecture, weights.at("backbone"), kernel);
    this.projector = new Head(weights.at("projector"), heads.projector(architecture.width()));
  }

  /** The vectors of a batch of normalised pictures, batch x 3 x image x image. */
  public Encoded forward(NDArray x, Attention wanted) {
    Features features = backbone.forward(x, wanted);
    return new Encoded(projector.forward(features.classToken()), features.attention());
  }

  public Weights weights() {
    return weights;
  }
}
