package io.lodisc.model.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * The units of a transformer whose matrix products are in bfloat16: float32 tensors go in, are
 * rounded, and what comes out is float32 again, as are the gradients of the weights. Within a unit
 * activations stay in bfloat16, which halves what the backward pass keeps of them. No bfloat16
 * tensor leaves the script: DJL knows no such type.
 */
public final class Bfloat16 {

  private static final String SOURCE =
      """
      class Bfloat16(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def half(self: __torch__.Bfloat16,
          x: Tensor) -> Tensor:
          return torch.to(x, 15, False, False, None)
        def full(self: __torch__.Bfloat16,
          x: Tensor) -> Tensor:
          return torch.to(x, 6, False, False, None)
        def affine(self: __torch__.Bfloat16,
          x: Tensor,
          weight: Tensor,
          bias: Tensor) -> Tensor:
          return torch.linear((self).half(x, ), (self).half(weight, ), (self).half(bias, ))
        def product(self: __torch__.Bfloat16,
          x: Tensor,
          weight: Tensor) -> Tensor:
          return (self).full(torch.linear((self).half(x, ), (self).half(weight, ), None), )
        def linear(self: __torch__.Bfloat16,
          x: Tensor,
          weight: Tensor,
          bias: Tensor) -> Tensor:
          return (self).full((self).affine(x, weight, bias, ), )
        def mlp(self: __torch__.Bfloat16,
          x: Tensor,
          weight1: Tensor,
          bias1: Tensor,
          weight2: Tensor,
          bias2: Tensor) -> Tensor:
          hidden = torch.gelu((self).affine(x, weight1, bias1, ))
          return (self).full((self).affine(hidden, weight2, bias2, ), )
        def qkv(self: __torch__.Bfloat16,
          x: Tensor,
          weight: Tensor,
          bias: Tensor) -> Tensor:
          y = (self).affine(x, weight, torch.flatten(bias), )
          y0 = torch.reshape(y, [torch.size(x, 0), torch.size(x, 1), 3, torch.size(bias, 1), torch.size(bias, 2)])
          return torch.permute(y0, [2, 0, 3, 1, 4])
        def mixed(self: __torch__.Bfloat16,
          qkv: Tensor,
          weight: Tensor,
          bias: Tensor) -> Tensor:
          y = torch.scaled_dot_product_attention(torch.select(qkv, 0, 0), torch.select(qkv, 0, 1), torch.select(qkv, 0, 2))
          y0 = torch.flatten(torch.transpose(y, 1, 2), 2)
          return (self).full((self).affine(y0, weight, bias, ), )
        def attention(self: __torch__.Bfloat16,
          x: Tensor,
          qkv_weight: Tensor,
          qkv_bias: Tensor,
          weight: Tensor,
          bias: Tensor) -> Tensor:
          return (self).mixed((self).qkv(x, qkv_weight, qkv_bias, ), weight, bias, )
        def attention_row(self: __torch__.Bfloat16,
          x: Tensor,
          qkv_weight: Tensor,
          qkv_bias: Tensor,
          weight: Tensor,
          bias: Tensor) -> List[Tensor]:
          qkv = (self).qkv(x, qkv_weight, qkv_bias, )
          q = (self).full(torch.slice(torch.select(qkv, 0, 0), 2, 0, 1), )
          k = (self).full(torch.select(qkv, 0, 1), )
          scores = torch.matmul(q, torch.transpose(k, -2, -1))
          row = torch.softmax(torch.div(scores, torch.sqrt(torch.size(qkv_bias, 2))), -1)
          return [(self).mixed(qkv, weight, bias, ), row]
      """;

  private static final TorchModule MODULE = TorchModule.load("Bfloat16", SOURCE);

  private Bfloat16() {}

  /**
   * x w^T + b over the last dimension.
   *
   * @param bias null for none
   */
  static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return bias == null
        ? MODULE.call("product", new NDList(x, weight))
        : MODULE.call("linear", new NDList(x, weight, bias));
  }

  /** Linear, GELU, linear. */
  static NDArray mlp(NDArray x, NDArray weight1, NDArray bias1, NDArray weight2, NDArray bias2) {
    return MODULE.call("mlp", new NDList(x, weight1, bias1, weight2, bias2));
  }

  /**
   * Self-attention from tokens to projected values.
   *
   * @param x B x T x D
   * @param qkvBias 3 x heads x d
   * @return B x T x D
   */
  public static NDArray attention(
      NDArray x, NDArray qkvWeight, NDArray qkvBias, NDArray weight, NDArray bias) {
    return MODULE.call("attention", new NDList(x, qkvWeight, qkvBias, weight, bias));
  }

  /**
   * The same and the first token's row of the attention, whose softmax is computed in float32.
   *
   * @return B x T x D, and B x heads x 1 x T
   */
  public static NDList attentionAndRow(
      NDArray x, NDArray qkvWeight, NDArray qkvBias, NDArray weight, NDArray bias) {
    return MODULE.callForAll("attention_row", new NDList(x, qkvWeight, qkvBias, weight, bias));
  }
}
