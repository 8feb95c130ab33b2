package io.lodisc.model.vit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Ops;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.TorchOps;
import java.util.ArrayList;
import java.util.List;

/**
 * A pre-norm vision transformer with timm's parameter names (Dosovitskiy et al. 2021; LayerNorm
 * epsilon 1e-6, exact GELU, query-key-value bias).
 *
 * <p>Shapes: B pictures, N patches, T = 1 + N tokens, D width.
 */
public final class VisionTransformer {

  /** What of the attention a forward pass returns beside the class token. */
  public enum Attention {
    /** Nothing. */
    NONE,
    /** The class token's row, B x heads x 1 x T a layer: all that Eq. 3 needs. */
    CLASS_TOKEN,
    /** Everything, B x heads x T x T a layer. */
    ALL
  }

  /**
   * The result of a forward pass.
   *
   * @param classToken B x D, after the final LayerNorm
   * @param attention one tensor a layer, as {@link Attention} says
   */
  public record Features(NDArray classToken, List<NDArray> attention) {}

  /** How attention is computed where its weights are not asked for; both give the same. */
  public enum Kernel {
    /** In one operation that never holds the weights. */
    FUSED,
    /** Product, softmax, product. */
    PLAIN
  }

  /** Of every LayerNorm. */
  public static final double EPSILON = 1e-6;

  private final Architecture architecture;
  private final Weights weights;
  private final List<TransformerBlock> blocks = new ArrayList<>();

  /**
   * @param weights as {@link VitWeights} names them
   */
  public VisionTransformer(Architecture architecture, Weights weights, Kernel kernel) {
    this.architecture = architecture;
    this.weights = weights;
    for (int i = 0; i < architecture.depth(); i++) {
      blocks.add(new TransformerBlock(architecture, weights.at("blocks." + i), kernel));
    }
  }

  /**
   * Runs the transformer.
   *
   * @param x normalised pictures, B x 3 x image x image
   */
  public Features forward(NDArray x, Attention wanted) {
    try (Scope scope = new Scope()) {
      return kept(through(embed(x), wanted), scope);
    }
  }

  /** Runs the blocks and the final LayerNorm on tokens, B x any number x D. */
  public Features ofTokens(NDArray tokens, Attention wanted) {
    try (Scope scope = new Scope()) {
      return kept(through(tokens, wanted), scope);
    }
  }

  /**
   * What the blocks get of pictures: the class token and the patches, with their positions.
   *
   * @param x normalised pictures, B x 3 x image x image
   * @return B x T x D
   */
  public NDArray tokens(NDArray x) {
    try (Scope scope = new Scope()) {
      return scope.keep(embed(x));
    }
  }

  /**
   * The tokens of pictures some of whose patches are zeroed: of a patch without a value remain the
   * projection's bias and the position.
   *
   * @param tokens of the whole pictures, B x T x D
   * @param mask B x N of 1 (kept) and 0
   * @return B x T x D
   */
  public NDArray zeroed(NDArray tokens, NDArray mask) {
    try (Scope scope = new Scope()) {
      Shape shape = mask.getShape();
      NDArray classTokens = mask.getManager().ones(new Shape(shape.get(0), 1));
      NDArray kept = NDArrays.concat(new NDList(classTokens, mask), 1).expandDims(2);
      NDArray empty = weights.get("pos_embed").add(weights.get("patch_embed.proj.bias"));
      return scope.keep(tokens.mul(kept).add(empty.mul(kept.neg().add(1))));
    }
  }

  /**
   * The class token and the tokens of some patches, each with its own position.
   *
   * @param tokens of the whole pictures, B x T x D
   * @param patches which to take, B x K, int64 in 0..N-1
   * @return B x (1 + K) x D
   */
  public NDArray selected(NDArray tokens, NDArray patches) {
    try (Scope scope = new Scope()) {
      Shape all = tokens.getShape();
      long batch = all.get(0);
      long kept = 1 + patches.getShape().get(1);
      long[] starts = new long[(int) batch];
      for (int i = 0; i < batch; i++) {
        starts[i] = i * all.get(1);
      }
      NDArray start = tokens.getManager().create(starts, new Shape(batch, 1));
      NDArray one = start.onesLike();
      NDArray rows = NDArrays.concat(new NDList(start, patches.add(start).add(one)), 1);
      return scope.keep(
          TorchOps.rows(tokens.reshape(-1, all.get(2)), rows.flatten())
              .reshape(batch, kept, all.get(2)));
    }
  }

  /**
   * Runs it for a backward pass that keeps only the blocks' inputs and computes each block again.
   */
  public Recomputation recomputing(NDArray x) {
    return new Recomputation(this, x);
  }

  /** How many parts {@link #part} has: the embedding and the blocks. */
  int parts() {
    return 1 + blocks.size();
  }

  /** One part of the way from pictures to class tokens; the last ends with the final LayerNorm. */
  NDArray part(int index, NDArray in) {
    if (index == 0) {
      return embed(in);
    }
    return index < blocks.size()
        ? blocks.get(index - 1).forward(in, Attention.NONE).tokens()
        : normed(blocks.getLast().classToken(in, Attention.NONE).tokens());
  }

  private static Features kept(Features features, Scope scope) {
    features.attention().forEach(scope::keep);
    return new Features(scope.keep(features.classToken()), features.attention());
  }

  private Features through(NDArray embedded, Attention wanted) {
    List<NDArray> attention = new ArrayList<>();
    NDArray tokens = embedded;
    for (int i = 0; i < blocks.size(); i++) {
      boolean whole = i < blocks.size() - 1 || wanted == Attention.ALL;
      TransformerBlock.Output output =
          whole ? blocks.get(i).forward(tokens, wanted) : blocks.get(i).classToken(tokens, wanted);
      tokens = output.tokens();
      if (output.attention() != null) {
        attention.add(output.attention());
      }
    }
    return new Features(normed(tokens), attention);
  }

  private NDArray normed(NDArray tokens) {
    return Ops.layerNorm(
        tokens.get(":,0"), weights.get("norm.weight"), weights.get("norm.bias"), EPSILON);
  }

  private NDArray embed(NDArray x) {
    long batch = x.getShape().get(0);
    int width = architecture.width();
    NDArray patches =
        Ops.patches(
                x,
                weights.get("patch_embed.proj.weight"),
                weights.get("patch_embed.proj.bias"),
                architecture.patch())
            .reshape(batch, width, architecture.patches())
            .swapAxes(1, 2);
    NDArray classToken = weights.get("cls_token").broadcast(new Shape(batch, 1, width));
    return NDArrays.concat(new NDList(classToken, patches), 1).add(weights.get("pos_embed"));
  }
}
