package io.lodisc.model.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.vit.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/** Weights to tensors and back: between the engine and a file. */
public final class TensorWeights {

  private TensorWeights() {}

  /** Copies every tensor below here out of the engine. */
  public static Map<String, Tensor> copy(Weights weights) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights.forEach((name, array) -> tensors.put(name, copy(array)));
    return tensors;
  }

  public static Tensor copy(NDArray array) {
    return new Tensor(array.toFloatArray(), array.getShape().getShape());
  }

  /** Puts the tensors into the engine. */
  public static void put(Weights weights, Map<String, Tensor> tensors) {
    tensors.forEach(
        (name, tensor) -> weights.put(name, tensor.values(), new Shape(tensor.shape())));
  }

  /** Whether these tensors have the names and shapes of what is there. */
  public static boolean fit(Weights weights, Map<String, Tensor> tensors) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    weights.forEach((name, array) -> shapes.put(name, array.getShape()));
    Map<String, Shape> offered = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> offered.put(name, new Shape(tensor.shape())));
    return shapes.equals(offered);
  }
}
