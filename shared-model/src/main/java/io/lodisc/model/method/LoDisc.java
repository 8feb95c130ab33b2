package io.lodisc.model.method;

import ai.djl.ndarray.NDArray;
import io.lodisc.model.engine.Ops;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.engine.TorchOps;
import io.lodisc.model.method.mask.MaskedViews;
import io.lodisc.model.method.mask.Patches;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Head;
import io.lodisc.model.vit.Recomputation;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Features;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.Weights;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * LoDisc: a query encoder learns to find its picture among the others, by the whole of another view
 * (global, MoCo v3) and by only the pivotal regions of it (local). One {@link #run} is the method.
 *
 * <p>Both views of a batch go through an encoder as one array, x1 above x2, and so does what comes
 * of them: q is q1 above q2.
 */
public final class LoDisc implements Objective {

  /**
   * What a step computed, first views above second views. What the branches do not need is null.
   *
   * @param q predictor(query(x)), 2B x out, as are k and l
   * @param importance Eq. 3, 2B x patches
   * @param mask Eq. 4, 2B x patches
   * @param l key(pivotal regions of x)
   * @param loss Eq. 5
   */
  public record Step(
      NDArray q,
      NDArray k,
      NDArray importance,
      NDArray mask,
      NDArray l,
      NDArray global,
      NDArray local,
      NDArray loss) {}

  private final Architecture architecture;
  private final LoDiscOptions options;
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
      LoDiscOptions options,
      Weights weights,
      Kernel kernel) {
    this.architecture = architecture;
    this.options = options;
    this.query = new Encoder(architecture, heads, weights.at("query"), kernel);
    this.key = new Encoder(architecture, heads, weights.at("key"), kernel);
    this.predictor = new Head(weights.at("predictor"), heads.dropout(), heads.ofPredictor());
    List<String> parameters = query.weights().parameters();
    this.queryParameters = query.weights().get(parameters);
    this.keyParameters = key.weights().get(parameters);
  }

  /** The method: the loss of a batch, its gradients added to the parameters. */
  public Step run(NDArray x, double m, long step, double weight) {
    Randomness random = new Randomness(options.seed(), step);
    Query q = query(x, random);
    follow(m);
    NDArray tokens = Torch.withoutGradients(() -> key.backbone().tokens(x));
    Features seen = attend(tokens);
    NDArray k = project(seen.classToken(), random);

    NDArray global = null;
    if (options.branches().global()) {
      global = contrast(q.vector(), k); // Eq. 2
    }
    NDArray importance = null;
    NDArray mask = null;
    NDArray l = null;
    NDArray local = null;
    if (options.branches().local()) {
      importance = importance(seen); // Eq. 3
      NDArray scores = scores(x, importance, random);
      mask = options.local().mask().mask(scores, options.local().ratio()); // Eq. 4
      l = project(pivotal(tokens, scores, mask), random);
      local = contrast(q.vector(), l);
    }
    NDArray loss = total(global, local); // Eq. 5
    Ops.backward(loss, weight);
    q.backward();
    return new Step(q.vector(), k, importance, mask, l, global, local, loss);
  }

  @Override
  public Losses step(NDArray x, double m, long step, double weight) {
    Step s = run(x, m, step, weight);
    List<Term> terms =
        Stream.of(new Term("global", s.global()), new Term("local", s.local()))
            .filter(term -> Objects.nonNull(term.loss()))
            .toList();
    return new Losses(s.loss(), terms, s.q(), s.k());
  }

  /**
   * @param rest what is left of the backward pass; null if nothing
   */
  private record Query(NDArray vector, Recomputation rest) {
    void backward() {
      if (rest != null) {
        rest.backward();
      }
    }
  }

  /** The query side: backbone, projector, predictor. */
  private Query query(NDArray x, Randomness random) {
    if (options.recompute()) {
      Recomputation recomputation = query.backbone().recomputing(x);
      return new Query(predict(recomputation.classToken(), random), recomputation);
    }
    NDArray classToken =
        Torch.withGradients(() -> query.backbone().forward(x, Attention.NONE).classToken());
    return new Query(predict(classToken, random), null);
  }

  private NDArray predict(NDArray classToken, Randomness random) {
    return Torch.withGradients(
        () -> predictor.train(query.project(classToken, random), random.ofBothViews()));
  }

  /** The momentum encoder's backbone, with the attention that the local branch needs. */
  private Features attend(NDArray tokens) {
    boolean wanted = options.branches().local() && options.local().mask().needsImportance();
    Attention attention = wanted ? Attention.CLASS_TOKEN : Attention.NONE;
    return Torch.withoutGradients(() -> key.backbone().ofTokens(tokens, attention));
  }

  private NDArray project(NDArray classToken, Randomness random) {
    return Torch.withoutGradients(() -> key.project(classToken, random));
  }

  private static NDArray importance(Features seen) {
    return seen.attention().isEmpty()
        ? null
        : Torch.withoutGradients(() -> Importance.of(seen.attention()));
  }

  private NDArray scores(NDArray x, NDArray importance, Randomness random) {
    int views = (int) x.getShape().get(0);
    MaskedViews masked =
        new MaskedViews(x.getManager(), importance, views, architecture.grid(), random.next());
    return options.local().mask().scores(masked);
  }

  /** The class token of the pivotal regions alone. */
  private NDArray pivotal(NDArray tokens, NDArray scores, NDArray mask) {
    LocalBranch local = options.local();
    int kept = local.mask().kept(architecture.patches(), local.ratio());
    return Torch.withoutGradients(
        () -> {
          NDArray regions =
              switch (local.masked()) {
                case ZEROED -> key.backbone().zeroed(tokens, mask);
                case DROPPED -> key.backbone().selected(tokens, Patches.indices(scores, kept));
              };
          return key.backbone().ofTokens(regions, Attention.NONE).classToken();
        });
  }

  /** The momentum encoder's parameters move towards the query encoder's; its statistics do not. */
  private void follow(double m) {
    Torch.withoutGradients(
        () -> {
          for (int i = 0; i < options.momentumUpdates(); i++) {
            TorchOps.follow(keyParameters, queryParameters, m);
          }
          return null;
        });
  }

  /** Each view's query is to find its picture by the other view: L(q1, k2) + L(q2, k1). */
  private NDArray contrast(NDArray q, NDArray k) {
    double t = options.temperature();
    return Torch.withGradients(
        () ->
            Contrast.loss(BothViews.first(q), BothViews.second(k), t)
                .add(Contrast.loss(BothViews.second(q), BothViews.first(k), t)));
  }

  private static NDArray total(NDArray global, NDArray local) {
    if (global == null || local == null) {
      return global == null ? local : global;
    }
    return Torch.withGradients(() -> global.add(local));
  }
}
