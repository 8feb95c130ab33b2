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
 * <p>Shapes: B pictures, T = 1 + N tokens, D width.
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
  private final Kernel kernel;
  private final List<Weights> blocks = new ArrayList<>();

  /**
   * @param weights as {@link VitWeights} names them
   */
  public VisionTransformer(Architecture architecture, Weights weights, Kernel kernel) {
    this.architecture = architecture;
    this.weights = weights;
    this.kernel = kernel;
    for (int i = 0; i < architecture.depth(); i++) {
      blocks.add(weights.at("blocks." + i));
    }
  }

  /**
   * Runs the transformer.
   *
   * @param x normalised pictures, B x 3 x image x image
   */
  public Features forward(NDArray x, Attention wanted) {
    List<NDArray> attention = new ArrayList<>();
    try (Scope scope = new Scope()) {
      NDArray tokens = embed(x);
      for (Weights block : blocks) {
        tokens = block(tokens, block, wanted, attention);
      }
      NDArray normed =
          Ops.layerNorm(tokens, weights.get("norm.weight"), weights.get("norm.bias"), EPSILON);
      attention.forEach(scope::keep);
      return new Features(scope.keep(normed.get(":,0")), attention);
    }
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

  private NDArray block(NDArray x, Weights w, Attention wanted, List<NDArray> attention) {
    try (Scope scope = new Scope()) {
      int kept = attention.size();
      NDArray normed = Ops.layerNorm(x, w.get("norm1.weight"), w.get("norm1.bias"), EPSILON);
      NDArray y = x.add(attend(normed, w.at("attn"), wanted, attention));
      NDArray hidden = Ops.layerNorm(y, w.get("norm2.weight"), w.get("norm2.bias"), EPSILON);
      hidden = Ops.linear(hidden, w.get("mlp.fc1.weight"), w.get("mlp.fc1.bias"));
      hidden = Ops.linear(Ops.gelu(hidden), w.get("mlp.fc2.weight"), w.get("mlp.fc2.bias"));
      attention.subList(kept, attention.size()).forEach(scope::keep);
      return scope.keep(y.add(hidden));
    }
  }

  private NDArray attend(NDArray x, Weights w, Attention wanted, List<NDArray> attention) {
    long batch = x.getShape().get(0);
    long tokens = x.getShape().get(1);
    int heads = architecture.heads();
    int size = architecture.width() / heads;
    NDArray qkv =
        Ops.linear(x, w.get("qkv.weight"), w.get("qkv.bias"))
            .reshape(batch, tokens, 3, heads, size)
            .transpose(2, 0, 3, 1, 4);
    NDArray q = qkv.get(0);
    NDArray k = qkv.get(1);
    NDArray v = qkv.get(2);
    if (wanted == Attention.CLASS_TOKEN) {
      attention.add(softmax(q.get(":,:,0:1"), k, size));
    }
    NDArray mixed;
    if (wanted == Attention.ALL || kernel == Kernel.PLAIN) {
      NDArray all = softmax(q, k, size);
      mixed = all.matMul(v);
      if (wanted == Attention.ALL) {
        attention.add(all);
      }
    } else {
      mixed = TorchOps.attention(q, k, v);
    }
    return Ops.linear(
        mixed.swapAxes(1, 2).reshape(batch, tokens, architecture.width()),
        w.get("proj.weight"),
        w.get("proj.bias"));
  }

  private static NDArray softmax(NDArray q, NDArray k, int size) {
    return Ops.scale(q.matMul(k.swapAxes(2, 3)), 1 / Math.sqrt(size)).softmax(-1);
  }
}
