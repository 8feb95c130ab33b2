package io.lodisc.model.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * PyTorch operations that DJL has no binding for, as methods of a TorchScript module that is
 * written here as text and loaded at start-up. Gradients flow through them.
 */
public final class TorchOps {

  private static final String SOURCE =
      """
      class Ops(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def attention(self: __torch__.Ops,
          q: Tensor,
          k: Tensor,
          v: Tensor) -> Tensor:
          return torch.scaled_dot_product_attention(q, k, v)
        def follow(self: __torch__.Ops,
          key: List[Tensor],
          query: List[Tensor],
          weight: Tensor) -> Tensor:
          torch._foreach_lerp_(key, query, torch.item(weight))
          return weight
        def rows(self: __torch__.Ops,
          x: Tensor,
          index: Tensor) -> Tensor:
          return torch.index_select(x, 0, index)
        def clip(self: __torch__.Ops,
          gradient: List[Tensor],
          most: Tensor) -> Tensor:
          norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradient)))
          factor = torch.clamp(torch.div(most, torch.add(norm, 1.0e-6)), None, 1.0)
          torch._foreach_mul_(gradient, factor)
          return norm
        def adamw(self: __torch__.Ops,
          parameter: List[Tensor],
          gradient: List[Tensor],
          mean: List[Tensor],
          square: List[Tensor],
          step: List[Tensor],
          h: Tensor) -> Tensor:
          torch._foreach_add_(step, 1)
          maximum = annotate(List[Tensor], [])
          torch._fused_adamw_(parameter, gradient, mean, square, maximum, step, lr=float(torch.select(h, 0, 0)), beta1=float(torch.select(h, 0, 1)), beta2=float(torch.select(h, 0, 2)), weight_decay=float(torch.select(h, 0, 3)), eps=float(torch.select(h, 0, 4)), amsgrad=False, maximize=False)
          torch._foreach_zero_(gradient)
          return h
      """;

  private static final TorchModule MODULE = TorchModule.load("Ops", SOURCE);

  private TorchOps() {}

  /**
   * Fused softmax(q k^T / sqrt(d)) v.
   *
   * @param q batch x heads x tokens x d, as are k, v and the result
   */
  public static NDArray attention(NDArray q, NDArray k, NDArray v) {
    return MODULE.call("attention", new NDList(q, k, v));
  }

  /** Moves every key tensor towards its query tensor: k = m k + (1 - m) q, in place. */
  public static void follow(List<NDArray> key, List<NDArray> query, double momentum) {
    NDManager manager = key.getFirst().getManager();
    NDList arguments = new NDList();
    TorchModule.list(arguments, "key", key);
    TorchModule.list(arguments, "query", query);
    arguments.add(manager.create((float) (1 - momentum)));
    MODULE.call("follow", arguments);
  }

  /**
   * The rows of these numbers.
   *
   * @param x rows x D
   * @param index int64
   */
  public static NDArray rows(NDArray x, NDArray index) {
    return MODULE.call("rows", new NDList(x, index));
  }

  /**
   * Scales all gradients, in place, so that their global L2 norm is at most this.
   *
   * @return the norm before
   */
  public static double clip(List<NDArray> gradients, double most) {
    NDList arguments = new NDList();
    TorchModule.list(arguments, "gradient", gradients);
    arguments.add(gradients.getFirst().getManager().create((float) most));
    return MODULE.call("clip", arguments).getFloat();
  }

  /**
   * One step of AdamW in place (Loshchilov and Hutter, decoupled weight decay); zeroes the
   * gradients.
   *
   * @param step one scalar a parameter, counts the steps
   * @param h learning rate, beta1, beta2, weight decay, epsilon
   */
  public static void adamw(
      List<NDArray> parameter,
      List<NDArray> gradient,
      List<NDArray> mean,
      List<NDArray> square,
      List<NDArray> step,
      float[] h) {
    NDList arguments = new NDList();
    TorchModule.list(arguments, "parameter", parameter);
    TorchModule.list(arguments, "gradient", gradient);
    TorchModule.list(arguments, "mean", mean);
    TorchModule.list(arguments, "square", square);
    TorchModule.list(arguments, "step", step);
    arguments.add(parameter.getFirst().getManager().create(h));
    MODULE.call("adamw", arguments);
  }
}
