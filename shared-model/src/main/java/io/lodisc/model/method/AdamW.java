package io.lodisc.model.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.engine.TorchOps;
import io.lodisc.model.vit.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * AdamW (betas 0.9 and 0.999, epsilon 1e-8) over all trained parameters in one group, in one fused
 * call. Make it outside of any scope: its moments live as long as it does.
 */
public final class AdamW {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final List<String> names;
  private final List<NDArray> parameters;
  private final List<NDArray> means = new ArrayList<>();
  private final List<NDArray> squares = new ArrayList<>();
  private final List<NDArray> steps = new ArrayList<>();
  private final double weightDecay;
  private final double clipNorm;

  /**
   * @param weights what is trained is marked
   * @param clipNorm the largest global L2 norm of the gradients; 0 for any
   */
  public AdamW(Weights weights, double weightDecay, double clipNorm) {
    this.names = weights.trained();
    this.parameters = weights.get(names);
    this.weightDecay = weightDecay;
    this.clipNorm = clipNorm;
    for (NDArray parameter : parameters) {
      NDManager manager = parameter.getManager();
      means.add(manager.zeros(parameter.getShape()));
      squares.add(manager.zeros(parameter.getShape()));
      steps.add(manager.zeros(new Shape()));
    }
  }

  /** Applies the gradients at this learning rate and zeroes them. */
  public void step(double learningRate) {
    try (Scope scope = new Scope()) {
      List<NDArray> gradients = parameters.stream().map(NDArray::getGradient).toList();
      float[] h = {(float) learningRate, BETA1, BETA2, (float) weightDecay, EPSILON};
      Torch.withoutGradients(
          () -> {
            if (clipNorm > 0) {
              TorchOps.clip(gradients, clipNorm);
            }
            TorchOps.adamw(parameters, gradients, means, squares, steps, h);
            return null;
          });
    }
  }

  /** The state by name: {@code mean.NAME}, {@code square.NAME}, {@code step.NAME}. */
  public void forEach(BiConsumer<String, NDArray> each) {
    for (int i = 0; i < names.size(); i++) {
      each.accept("mean." + names.get(i), means.get(i));
      each.accept("square." + names.get(i), squares.get(i));
      each.accept("step." + names.get(i), steps.get(i));
    }
  }

  /**
   * Goes on from a state that {@link #forEach} gave.
   *
   * @throws IllegalArgumentException if it is of other parameters
   */
  public void restore(Map<String, Tensor> state) {
    Torch.withoutGradients(
        () -> {
          try (Scope scope = new Scope()) {
            forEach((name, array) -> restore(array, state.get(name), name));
          }
          return null;
        });
  }

  private static void restore(NDArray array, Tensor from, String name) {
    if (from == null || !new Shape(from.shape()).equals(array.getShape())) {
      throw new IllegalArgumentException("the optimiser's state lacks '%s'".formatted(name));
    }
    array.addi(array.getManager().create(from.values(), array.getShape()));
  }
}
