package io.lodisc.model.vit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Named tensors in PyTorch's order: parameters, trained or frozen, and buffers (BatchNorm's running
 * statistics, which no optimiser and no moving average touches).
 */
public final class Weights {

  private final NDManager manager;
  private final Map<String, NDArray> tensors;
  private final String prefix;

  public Weights(NDManager manager) {
    this(manager, new LinkedHashMap<>(), "");
  }

  private Weights(NDManager manager, Map<String, NDArray> tensors, String prefix) {
    this.manager = manager;
    this.tensors = tensors;
    this.prefix = prefix;
  }

  /** The same tensors seen from inside a module: {@code at("blocks.0").get("norm1.weight")}. */
  public Weights at(String module) {
    return new Weights(manager, tensors, prefix + module + ".");
  }

  /**
   * Adds a tensor; it must be there before the module that uses it is made. It lies in the engine's
   * own memory: products over a Java buffer, which may begin anywhere, can differ in the last bit
   * from those over an aligned one.
   */
  public void put(String name, float[] values, Shape shape) {
    try (NDArray copied = manager.create(values, shape)) {
      tensors.put(prefix + name, Torch.withoutGradients(copied::duplicate));
    }
  }

  /**
   * The tensor of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public NDArray get(String name) {
    NDArray tensor = tensors.get(prefix + name);
    if (tensor == null) {
      throw new IllegalArgumentException("there is no tensor '" + prefix + name + "'");
    }
    return tensor;
  }

  /** Says whether the optimiser changes this tensor. */
  public void train(String name, boolean trained) {
    get(name).setRequiresGradient(trained);
  }

  /** Every tensor below here, by its name from here. */
  public void forEach(BiConsumer<String, NDArray> each) {
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            each.accept(name.substring(prefix.length()), tensor);
          }
        });
  }

  /** Names below here of the tensors that are trained, in order. */
  public List<String> trained() {
    List<String> names = new ArrayList<>();
    forEach(
        (name, tensor) -> {
          if (tensor.hasGradient()) {
            names.add(name);
          }
        });
    return names;
  }

  /** Names below here of all parameters, trained and frozen, without the buffers. */
  public List<String> parameters() {
    List<String> names = new ArrayList<>();
    forEach(
        (name, tensor) -> {
          if (!isBuffer(name)) {
            names.add(name);
          }
        });
    return names;
  }

  /** The tensors of these names. */
  public List<NDArray> get(List<String> names) {
    return names.stream().map(this::get).toList();
  }

  private static boolean isBuffer(String name) {
    return name.endsWith("running_mean") || name.endsWith("running_var");
  }
}
