package io.lodisc.training.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Ops;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.model.vit.Draw;
import io.lodisc.model.vit.VisionTransformer;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.VitWeights;
import io.lodisc.model.vit.Weights;

/** A small vision transformer with drawn weights, and a linear layer as its predictor. */
final class TinyEncoder implements FeatureExtractor, AutoCloseable {

  static final int SIDE = 16;
  private static final Architecture TINY = new Architecture(SIDE, 4, 16, 2, 2, 2, Positions.SINCOS);
  private static final int OUT = 10;

  private final NDManager manager;
  private final VisionTransformer backbone;
  private final NDArray predictor;

  TinyEncoder(long seed) {
    Torch.start();
    Torch.threads(1);
    manager = Torch.manager();
    Weights weights = new Weights(manager);
    VitWeights.initialize(weights, TINY, 0.02, new Draw(seed));
    backbone = new VisionTransformer(TINY, weights, Kernel.FUSED);
    predictor = manager.create(new Draw(seed + 1).normal(OUT * 16, 1), new Shape(OUT, 16));
  }

  @Override
  public Features features(NDArray x) {
    VisionTransformer.Features features = backbone.forward(x, Attention.CLASS_TOKEN);
    NDArray predicted = Ops.linear(features.classToken(), predictor, null);
    return new Features(features.classToken(), predicted, features.attention().getLast());
  }

  /**
   * One picture's class token, predictor's output and attention (heads x (1 + N)).
   *
   * @param x 3 x SIDE x SIDE
   */
  float[][] one(float[] x) {
    return Torch.withoutGradients(
        () -> {
          try (Scope scope = new Scope()) {
            Features features = features(manager.create(x, new Shape(1, 3, SIDE, SIDE)));
            return new float[][] {
              features.classToken().toFloatArray(),
              features.predicted().toFloatArray(),
              features.attention().toFloatArray()
            };
          }
        });
  }

  @Override
  public void close() {
    manager.close();
  }
}
