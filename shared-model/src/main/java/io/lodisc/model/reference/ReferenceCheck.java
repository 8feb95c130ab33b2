package io.lodisc.model.reference;

import io.lodisc.model.checkpoint.SafeTensors;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.engine.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the step from a reference's weights and inputs and compares everything it computes with what
 * PyTorch computed.
 *
 * <p>Some quantities are rounding and nothing else: the gradient of a bias that a BatchNorm or a
 * softmax cancels is 0 but for rounding, and Adam makes a full step of it. How much rounding alone
 * moves a quantity is measured: the same step is run on the same batch in other orders, which
 * changes no mathematics. A quantity passes within its limit, or within five times that.
 */
public final class ReferenceCheck {

  private static final double ACTIVATION = 1e-5;
  private static final double GRADIENT = 1e-4;
  private static final double AFTER = 1e-3;
  private static final double ROUNDING_FACTOR = 5;
  private static final Set<String> INPUTS = Set.of("x", "x1", "x2");

  private ReferenceCheck() {}

  /**
   * Compares.
   *
   * @param folder of config.json, initial, step0..N and embed.safetensors
   * @return every quantity of the reference with its error and limit
   * @throws IOException if a file cannot be read
   */
  public static List<Quantity> run(Path folder) throws IOException {
    byte[] text = Files.readAllBytes(folder.resolve("config.json"));
    ReferenceConfig config = JsonMapper.builder().build().readValue(text, ReferenceConfig.class);
    Map<String, Map<String, Tensor>> files = read(folder, config.steps());
    Torch.start();
    int[] asGiven = BatchOrder.rotated(config.batch(), 0);
    Map<String, float[]> computed = new ReferenceRun(config, files, asGiven).quantities();
    List<Map<String, float[]>> reordered =
        List.of(
            new ReferenceRun(config, files, BatchOrder.reversed(config.batch())).quantities(),
            new ReferenceRun(config, files, BatchOrder.rotated(config.batch(), 1)).quantities());

    List<Quantity> quantities = new ArrayList<>();
    files.remove("initial");
    files.forEach(
        (file, tensors) ->
            tensors.forEach(
                (name, tensor) -> {
                  if (!INPUTS.contains(name)) {
                    quantities.add(
                        compare(file + "." + name, tensor.values(), computed, reordered));
                  }
                }));
    return quantities;
  }

  private static Quantity compare(
      String name,
      float[] expected,
      Map<String, float[]> computed,
      List<Map<String, float[]>> reordered) {
    float[] values = computed.get(name);
    if (values == null) {
      return new Quantity(name, Double.POSITIVE_INFINITY, limit(name));
    }
    double rounding = 0;
    if (limit(name) > 0) {
      for (Map<String, float[]> other : reordered) {
        rounding = Math.max(rounding, RelativeError.l2(values, other.get(name)));
      }
    }
    return new Quantity(
        name,
        RelativeError.l2(values, expected),
        Math.max(limit(name), ROUNDING_FACTOR * rounding));
  }

  private static double limit(String name) {
    String quantity = name.substring(name.indexOf('.') + 1);
    if (quantity.startsWith("mask")) {
      return 0;
    }
    if (quantity.startsWith("after.")) {
      return AFTER;
    }
    return quantity.startsWith("grad.") ? GRADIENT : ACTIVATION;
  }

  private static Map<String, Map<String, Tensor>> read(Path folder, int steps) throws IOException {
    List<String> names = new ArrayList<>(List.of("initial"));
    for (int i = 0; i < steps; i++) {
      names.add("step" + i);
    }
    names.add("embed");
    Map<String, Map<String, Tensor>> files = new LinkedHashMap<>();
    for (String name : names) {
      files.put(name, SafeTensors.read(folder.resolve(name + ".safetensors")));
    }
    return files;
  }
}
