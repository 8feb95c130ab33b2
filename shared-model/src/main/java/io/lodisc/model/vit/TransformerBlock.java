package io.lodisc.model.vit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Bfloat16;
import io.lodisc.model.engine.Ops;
import io.lodisc.model.engine.Precision;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
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
      NDArray normed = norm(x, "norm1");
      boolean fused = kernel == Kernel.FUSED && wanted != Attention.ALL;
      Output mixed =
          fused && Torch.precision() == Precision.BF16
              ? mixInBfloat16(normed, wanted)
              : mix(normed, wanted);
      NDArray attention = mixed.attention();
      return new Output(
          scope.keep(withMlp(x.add(mixed.tokens()))),
          attention == null ? null : scope.keep(attention));
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
          scope.keep(withMlp(x.get(":,0:1").add(projected(mixed)))),
          wanted == Attention.NONE ? null : scope.keep(attention));
    }
  }

  /** Self-attention, and of its weights what is wanted. */
  private Output mix(NDArray normed, Attention wanted) {
    NDArray[] qkv = queriesKeysValues(normed);
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
    return new Output(projected(mixed), attention);
  }

  private Output mixInBfloat16(NDArray normed, Attention wanted) {
    NDArray qkvWeight = weights.get("attn.qkv.weight");
    NDArray qkvBias = weights.get("attn.qkv.bias").reshape(3, heads, width / heads);
    NDArray weight = weights.get("attn.proj.weight");
    NDArray bias = weights.get("attn.proj.bias");
    if (wanted == Attention.NONE) {
      return new Output(Bfloat16.attention(normed, qkvWeight, qkvBias, weight, bias), null);
    }
    NDList mixed = Bfloat16.attentionAndRow(normed, qkvWeight, qkvBias, weight, bias);
    return new Output(mixed.get(0), mixed.get(1));
  }

  /** B x heads x T x d to B x T x D. */
  private NDArray projected(NDArray mixed) {
    Shape shape = mixed.getShape();
    NDArray joined = mixed.swapAxes(1, 2).reshape(shape.get(0), shape.get(2), width);
    return linear(joined, "attn.proj");
  }

  private NDArray withMlp(NDArray y) {
    return y.add(
        Ops.mlp(
            norm(y, "norm2"),
            weights.get("mlp.fc1.weight"),
            weights.get("mlp.fc1.bias"),
            weights.get("mlp.fc2.weight"),
            weights.get("mlp.fc2.bias")));
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
