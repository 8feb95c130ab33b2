package io.lodisc.model.vit;

import ai.djl.ndarray.NDArray;
import io.lodisc.model.engine.Ops;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.TorchOps;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Kernel;

/** One pre-norm block: attention and MLP, each added to what came in. */
final class TransformerBlock {

  /**
   * @param tokens B x T x D, or B x 1 x D of a block that makes the class token alone
   * @param attention as asked for, or null
   */
  record Output(NDArray tokens, NDArray attention) {}

  private static final double EPSILON = VisionTransformer.EPSILON;

  private final int heads;
  private final int width;
  private final Weights weights;
  private final Kernel kernel;

  TransformerBlock(Architecture architecture, Weights weights, Kernel kernel) {
    this.heads = architecture.heads();
    this.width = architecture.width();
    this.weights = weights;
    this.kernel = kernel;
  }

  /** All tokens in, all tokens out. */
  Output forward(NDArray x, Attention wanted) {
    try (Scope scope = new Scope()) {
      NDArray[] qkv = queriesKeysValues(norm(x, "norm1"));
      NDArray attention = null;
      NDArray mixed;
      if (wanted == Attention.ALL || kernel == Kernel.PLAIN) {
        NDArray all = softmax(qkv[0], qkv[1]);
        mixed = all.matMul(qkv[2]);
        attention = wanted == Attention.NONE ? null : all;
      } else {
        mixed = TorchOps.attention(qkv[0], qkv[1], qkv[2]);
      }
      if (wanted == Attention.CLASS_TOKEN) {
        attention = softmax(qkv[0].get(":,:,0:1"), qkv[1]);
      }
      return new Output(
          scope.keep(projected(x, mixed)), attention == null ? null : scope.keep(attention));
    }
  }

  /**
   * All tokens in, the class token out: in the last block nobody asks for the others, so their
   * queries, projection and MLP are not computed.
   */
  Output classToken(NDArray x, Attention wanted) {
    try (Scope scope = new Scope()) {
      NDArray normed = norm(x, "norm1");
      NDArray weight = weights.get("attn.qkv.weight");
      NDArray bias = weights.get("attn.qkv.bias");
      String first = "0:" + width;
      String rest = width + ":";
      NDArray q =
          split(Ops.linear(normed.get(":,0:1"), weight.get(first), bias.get(first)), 1).get(0);
      NDArray keysValues = split(Ops.linear(normed, weight.get(rest), bias.get(rest)), 2);
      NDArray attention = softmax(q, keysValues.get(0));
      NDArray mixed = attention.matMul(keysValues.get(1));
      return new Output(
          scope.keep(projected(x.get(":,0:1"), mixed)),
          wanted == Attention.NONE ? null : scope.keep(attention));
    }
  }

  /** The rest of the block, from the mixed values on. */
  private NDArray projected(NDArray x, NDArray mixed) {
    NDArray joined = mixed.swapAxes(1, 2).reshape(x.getShape());
    NDArray y = x.add(linear(joined, "attn.proj"));
    NDArray hidden =
        Ops.linearGelu(
            norm(y, "norm2"), weights.get("mlp.fc1.weight"), weights.get("mlp.fc1.bias"));
    return y.add(linear(hidden, "mlp.fc2"));
  }

  private NDArray[] queriesKeysValues(NDArray normed) {
    NDArray qkv = split(linear(normed, "attn.qkv"), 3);
    return new NDArray[] {qkv.get(0), qkv.get(1), qkv.get(2)};
  }

  /** B x T x parts D to parts x B x heads x T x d. */
  private NDArray split(NDArray x, int parts) {
    return x.reshape(x.getShape().get(0), x.getShape().get(1), parts, heads, width / heads)
        .transpose(2, 0, 3, 1, 4);
  }

  private NDArray softmax(NDArray q, NDArray k) {
    double scale = 1 / Math.sqrt((double) width / heads);
    return Ops.scale(q.matMul(k.swapAxes(2, 3)), scale).softmax(-1);
  }

  private NDArray norm(NDArray x, String name) {
    return Ops.layerNorm(x, weights.get(name + ".weight"), weights.get(name + ".bias"), EPSILON);
  }

  private NDArray linear(NDArray x, String name) {
    return Ops.linear(x, weights.get(name + ".weight"), weights.get(name + ".bias"));
  }
}
