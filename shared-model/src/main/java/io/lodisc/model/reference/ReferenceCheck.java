package io.lodisc.model.reference;

import io.lodisc.model.checkpoint.SafeTensors;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.vit.VisionTransformer.Kernel;
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
 * softmax cancels is 0 but for rounding, and Adam makes a full step of it. How far rounding alone
 * moves a quantity is measured: the same steps are run with the batches in other orders and with
 * plain attention, which changes no mathematics. A quantity passes within its limit, or within ten
 * times that.
 */
public final class ReferenceCheck {

  private static final double ACTIVATION = 1e-5;
  private static final double GRADIENT = 1e-4;
  private static final double AFTER = 1e-3;
  private static final double ROUNDING_FACTOR = 10;
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
    int batch = config.batch();
    int[] asGiven = BatchOrder.rotated(batch, 0);
    Map<String, float[]> computed = run(config, files, asGiven, Kernel.FUSED);
    List<Map<String, float[]>> otherwise =
        List.of(
            run(config, files, asGiven, Kernel.PLAIN),
            run(config, files, BatchOrder.reversed(batch), Kernel.FUSED),
            run(config, files, BatchOrder.rotated(batch, 1), Kernel.PLAIN));

    List<Quantity> quantities = new ArrayList<>();
    files.remove("initial");
    files.forEach(
        (file, tensors) ->
            tensors.forEach(
                (name, tensor) -> {
                  if (!INPUTS.contains(name)) {
                    quantities.add(
                        compare(file + "." + name, tensor.values(), computed, otherwise));
                  }
                }));
    return quantities;
  }

  private static Map<String, float[]> run(
      ReferenceConfig config, Map<String, Map<String, Tensor>> files, int[] order, Kernel kernel) {
    return new ReferenceRun(config, files, order, kernel).quantities();
  }

  private static Quantity compare(
      String name,
      float[] expected,
      Map<String, float[]> computed,
      List<Map<String, float[]>> otherwise) {
    float[] values = computed.get(name);
    if (values == null) {
      return new Quantity(name, Double.POSITIVE_INFINITY, limit(name));
    }
    double rounding = limit(name) == 0 ? 0 : rounding(name, computed, otherwise);
    return new Quantity(
        name,
        RelativeError.l2(values, expected),
        Math.max(limit(name), ROUNDING_FACTOR * rounding));
  }

  /** Of a loss, one number that may be close by chance, also that of what it is computed from. */
  private static double rounding(
      String name, Map<String, float[]> computed, List<Map<String, float[]>> otherwise) {
    int dot = name.indexOf('.');
    String step = name.substring(0, dot);
    List<String> from =
        name.startsWith("loss", dot + 1)
            ? List.of(name, step + ".q1", step + ".q2")
            : List.of(name);
    double most = 0;
    for (Map<String, float[]> other : otherwise) {
      for (String part : from) {
        most = Math.max(most, RelativeError.l2(computed.get(part), other.get(part)));
      }
    }
    return most;
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
