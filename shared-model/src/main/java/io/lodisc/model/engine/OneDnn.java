package io.lodisc.model.engine;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Linear layers over tokens by oneDNN. PyTorch takes MKL for them, which leaves half of a
 * processor's speed unused where it is not Intel's; oneDNN compiles for the processor it runs on.
 */
final class OneDnn {

  private static final String SOURCE =
      """
      class OneDnn(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def linear(self: __torch__.OneDnn,
          x: Tensor,
          weight: Tensor,
          bias: Tensor) -> Tensor:
          return ops.mkldnn._linear_pointwise(x, weight, bias, "none", annotate(List[Optional[number]], []), "")
        def linear_gelu(self: __torch__.OneDnn,
          x: Tensor,
          weight: Tensor,
          bias: Tensor) -> Tensor:
          return ops.mkldnn._linear_pointwise(x, weight, bias, "gelu", annotate(List[Optional[number]], []), "none")
        def convolution(self: __torch__.OneDnn,
          x: Tensor,
          weight: Tensor,
          bias: Tensor) -> Tensor:
          rows = torch.reshape(x, [1, -1, 1, torch.size(x, 2)])
          filters = torch.unsqueeze(torch.unsqueeze(weight, -1), -1)
          y = torch.conv2d(torch.permute(rows, [0, 3, 1, 2]), filters, bias)
          return torch.reshape(torch.permute(y, [0, 2, 3, 1]), [torch.size(x, 0), torch.size(x, 1), torch.size(weight, 0)])
      """;

  private static final TorchModule MODULE = load();

  private OneDnn() {}

  /** Whether this engine has it and x is a batch of tokens, B x T x D, in main memory. */
  static boolean takes(NDArray x) {
    return MODULE != null && x.getShape().dimension() == 3 && !x.getDevice().isGpu();
  }

  /**
   * Whether a convolution with this weight is right: on AVX-512, libtorch 2.7.1's oneDNN silently
   * gives wrong values where the outputs are no multiple of 48 and the rows are many.
   *
   * @param weight outputs x inputs
   */
  static boolean convolves(NDArray weight) {
    return weight.getShape().get(0) % 48 == 0;
  }

  /** x w^T + b, without a graph. */
  static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return MODULE.call("linear", new NDList(x, weight, bias));
  }

  /** GELU of that in the same pass, without a graph. */
  static NDArray linearGelu(NDArray x, NDArray weight, NDArray bias) {
    return MODULE.call("linear_gelu", new NDList(x, weight, bias));
  }

  /**
   * x w^T + b with a graph, as the convolution of a picture one pixel wide: for convolutions
   * PyTorch does take oneDNN, backward too, if there is more than one thread.
   */
  static NDArray convolution(NDArray x, NDArray weight, NDArray bias) {
    return MODULE.call("convolution", new NDList(x, weight, bias));
  }

  private static TorchModule load() {
    try {
      return TorchModule.load("OneDnn", SOURCE);
    } catch (EngineException e) {
      return null; // an engine without oneDNN, as on ARM
    }
  }
}
