package io.lodisc.model.method;

import ai.djl.ndarray.NDArray;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Head;
import io.lodisc.model.vit.VisionTransformer;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.Weights;

/** A backbone and its projector: what query and momentum side share. */
final class Encoder {

  private final Weights weights;
  private final VisionTransformer backbone;
  private final Head projector;

  /**
   * @param weights holds {@code backbone.*} and, if there is a projector, {@code projector.*}
   */
  Encoder(Architecture architecture, HeadSizes heads, Weights weights, Kernel kernel) {
    this.weights = weights;
    this.backbone = new VisionTransformer(architecture, weights.at("backbone"), kernel);
    this.projector =
        heads.projector()
            ? new Head(weights.at("projector"), 0, heads.ofProjector(architecture.width()))
            : null;
  }

  VisionTransformer backbone() {
    return backbone;
  }

  Weights weights() {
    return weights;
  }

  /** Class tokens of both views to vectors, 2 batch x out, before L2 normalisation. */
  NDArray project(NDArray classTokens, Randomness random) {
    return projector == null ? classTokens : projector.train(classTokens, random.ofBothViews());
  }

  /** As a fixed function. */
  NDArray evaluate(NDArray classTokens) {
    return projector == null ? classTokens : projector.evaluate(classTokens);
  }
}
