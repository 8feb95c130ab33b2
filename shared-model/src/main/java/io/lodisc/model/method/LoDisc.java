package io.lodisc.model.method;

import ai.djl.ndarray.NDArray;
import io.lodisc.model.engine.Ops;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.engine.TorchOps;
import io.lodisc.model.method.Encoder.Encoded;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Head;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.Weights;
import java.util.List;

/**
 * LoDisc: a query encoder learns to find its picture among the others, by the whole of another view
 * (global, MoCo v3) and by only the pivotal regions of it (local). One {@link #step} is the method.
 */
public final class LoDisc {

  /**
   * What a step computed; arrays live as long as the scope that the caller opened. What the
   * branches do not need is null.
   *
   * @param q1 predictor(query(x1)), batch x out, as are q2, k1, k2, l1, l2
   * @param importance1 Eq. 3 of view 1, batch x patches
   * @param mask1 Eq. 4 of view 1, batch x patches
   * @param l1 key(pivotal regions of view 1)
   * @param loss Eq. 5
   */
  public record Step(
      NDArray q1,
      NDArray q2,
      NDArray k1,
      NDArray k2,
      NDArray importance1,
      NDArray importance2,
      NDArray mask1,
      NDArray mask2,
      NDArray l1,
      NDArray l2,
      NDArray lossGlobal,
      NDArray lossLocal,
      NDArray loss) {}

  private final Architecture architecture;
  private final Objective objective;
  private final Encoder query;
  private final Encoder key;
  private final Head predictor;
  private final List<NDArray> queryParameters;
  private final List<NDArray> keyParameters;

  /**
   * @param weights holds {@code query.*}, {@code predictor.*} and {@code key.*}
   */
  public LoDisc(
      Architecture architecture,
      HeadSizes heads,
      Objective objective,
      Weights weights,
      Kernel kernel) {
    this.architecture = architecture;
    this.objective = objective;
    this.query = new Encoder(architecture, heads, weights.at("query"), kernel);
    this.key = new Encoder(architecture, heads, weights.at("key"), kernel);
    this.predictor = new Head(weights.at("predictor"), heads.predictor());
    List<String> parameters = query.weights().parameters();
    this.queryParameters = query.weights().get(parameters);
    this.keyParameters = key.weights().get(parameters);
  }

  /**
   * One step of the method: the loss of a batch, its gradients added to the parameters.
   *
   * @param x1 first views, normalised, batch x 3 x image x image
   * @param x2 second views of the same pictures
   * @param m momentum of the moving average
   */
  public Step step(NDArray x1, NDArray x2, double m) {
    NDArray q1 = query(x1);
    NDArray q2 = query(x2);
    follow(m);
    Encoded k1 = key(x1);
    Encoded k2 = key(x2);

    NDArray global = null;
    if (objective.branches().global()) {
      global = contrast(q1, k2.vector(), q2, k1.vector()); // Eq. 2
    }
    NDArray a1 = null;
    NDArray a2 = null;
    NDArray m1 = null;
    NDArray m2 = null;
    NDArray l1 = null;
    NDArray l2 = null;
    NDArray local = null;
    if (objective.branches().local()) {
      a1 = Importance.of(k1.attention()); // Eq. 3
      a2 = Importance.of(k2.attention());
      m1 = LocationMask.pivotal(a1, objective.maskRatio()); // Eq. 4
      m2 = LocationMask.pivotal(a2, objective.maskRatio());
      l1 = key(LocationMask.keep(x1, m1, architecture.patch())).vector();
      l2 = key(LocationMask.keep(x2, m2, architecture.patch())).vector();
      local = contrast(q1, l2, q2, l1);
    }
    NDArray loss = total(global, local); // Eq. 5
    Ops.backward(loss);
    return new Step(q1, q2, k1.vector(), k2.vector(), a1, a2, m1, m2, l1, l2, global, local, loss);
  }

  /** The query side: backbone, projector, predictor. */
  private NDArray query(NDArray x) {
    return Torch.withGradients(() -> predictor.forward(query.forward(x, Attention.NONE).vector()));
  }

  /** The momentum encoder, with the attention that the local branch needs. */
  private Encoded key(NDArray x) {
    Attention wanted = objective.branches().local() ? Attention.CLASS_TOKEN : Attention.NONE;
    return Torch.withoutGradients(() -> key.forward(x, wanted));
  }

  /** The momentum encoder's parameters move towards the query encoder's; its statistics do not. */
  private void follow(double m) {
    Torch.withoutGradients(
        () -> {
          TorchOps.follow(keyParameters, queryParameters, m);
          return null;
        });
  }

  private NDArray contrast(NDArray q1, NDArray k2, NDArray q2, NDArray k1) {
    double t = objective.temperature();
    return Torch.withGradients(() -> Contrast.loss(q1, k2, t).add(Contrast.loss(q2, k1, t)));
  }

  private static NDArray total(NDArray global, NDArray local) {
    if (global == null || local == null) {
      return global == null ? local : global;
    }
    return Torch.withGradients(() -> global.add(local));
  }
}
