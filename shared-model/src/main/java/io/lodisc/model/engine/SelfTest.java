package io.lodisc.model.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the engine is the one that this program was built for, and computes what it should: DJL's
 * bridge takes any libtorch that it finds, and another version answers garbage.
 *
 * @param version of libtorch
 * @param flavor what it was built for: cpu, or the version of CUDA such as cu128
 * @param device that it computes on: cpu or gpu
 */
public record SelfTest(String version, String flavor, String device) {

  private static final String SET =
      "The engine needs libtorch %s; one that is not on the class path is named by"
          + " PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR, all three.";

  /** Of sums and products of small integers, in TF32 and bfloat16 too. */
  private static final double EXACT = 0;

  private static final double CLOSE = 2e-3;

  /** Starts the engine and tests all of it. */
  public static SelfTest run() {
    return run(true);
  }

  /**
   * Starts the engine and tests it.
   *
   * @param device whether a libtorch for CUDA has to find a GPU; where an image is built there is
   *     none
   * @throws EngineException if it is not the right one, or does not compute what it should
   */
  public static SelfTest run(boolean device) {
    start();
    Libtorch loaded = rightLibrary();
    boolean gpu = Torch.isOnGpu();
    if (device && !gpu && !loaded.flavor().equals("cpu")) {
      throw new EngineException(
          "libtorch %s is for CUDA (%s) and finds no GPU. Give the container one, or run the image without CUDA."
              .formatted(loaded.version(), loaded.flavor()));
    }
    List<String> wrong = new ArrayList<>();
    try (NDManager manager = Torch.manager();
        Scope scope = new Scope()) {
      wrong.addAll(wrong("forward", () -> forward(manager)));
      wrong.addAll(wrong("backward", () -> backward(manager)));
      wrong.addAll(wrong("dtype", () -> types(manager)));
      wrong.addAll(wrong("device", () -> devices(manager)));
    }
    if (!wrong.isEmpty()) {
      throw new EngineException(
          "The engine computes wrong results (%s). ".formatted(String.join("; ", wrong))
              + SET.formatted(Libtorch.expectedVersion()));
    }
    return new SelfTest(loaded.version(), loaded.flavor(), gpu ? "gpu" : "cpu");
  }

  private static void start() {
    try {
      Torch.start();
    } catch (RuntimeException | LinkageError e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new EngineException(
          "The PyTorch engine does not start: %s. ".formatted(root)
              + SET.formatted(Libtorch.expectedVersion()),
          e);
    }
  }

  private static Libtorch rightLibrary() {
    Optional<String> flavor = Optional.ofNullable(System.getenv("PYTORCH_FLAVOR"));
    Platform platform = Platform.detectPlatform("pytorch");
    Libtorch expected =
        new Libtorch(Libtorch.expectedVersion(), flavor.orElseGet(platform::getFlavor));
    Optional<Libtorch> loaded = Libtorch.loaded();
    if (loaded.isEmpty() && platform.getOsPrefix().equals("linux")) {
      throw new EngineException(
          "The libtorch that was loaded does not tell its version. "
              + SET.formatted(expected.version()));
    }
    return right(loaded.orElse(expected), expected);
  }

  static Libtorch right(Libtorch loaded, Libtorch expected) {
    if (!loaded.version().equals(expected.version())) {
      throw new EngineException(
          "libtorch %s was loaded. ".formatted(loaded.version())
              + SET.formatted(expected.version()));
    }
    if (!loaded.flavor().equals(expected.flavor())) {
      throw new EngineException(
          "libtorch for %s was loaded, and the engine was started for %s: set PYTORCH_FLAVOR=%s, or PYTORCH_LIBRARY_PATH to a libtorch for %s."
              .formatted(loaded.flavor(), expected.flavor(), loaded.flavor(), expected.flavor()));
    }
    return loaded;
  }

  /** A linear layer, patches of a picture, attention. */
  private static List<String> forward(NDManager manager) {
    float[] x = numbers(5 * 7);
    float[] w = numbers(3 * 7);
    float[] b = {1, -2, 3};
    NDArray y =
        Ops.linear(
            manager.create(x, new Shape(5, 7)),
            manager.create(w, new Shape(3, 7)),
            manager.create(b));
    List<String> wrong = new ArrayList<>();
    differ(wrong, "linear", y, linear(x, w, b), EXACT);

    NDArray picture = manager.create(numbers(2 * 2 * 2), new Shape(1, 2, 2, 2));
    NDArray filter = manager.create(numbers(8), new Shape(1, 2, 2, 2));
    NDArray patches = Ops.patches(picture, filter, manager.create(new float[] {5}), 2);
    differ(wrong, "convolution", patches, new double[] {5 + square(numbers(8))}, EXACT);

    // Two tokens, whose scores are 2 ln 3 / 2 and 0: softmax makes 3/4 and 1/4 of them.
    float[] q = {2 * (float) Math.log(3), 0, 0, 0};
    float[] k = {1, 0, 0, 0, 0, 0, 0, 0};
    NDArray mixed =
        TorchOps.attention(
            manager.create(q, new Shape(1, 1, 1, 4)),
            manager.create(k, new Shape(1, 1, 2, 4)),
            manager.create(new float[] {4, 8, 0, 1, 8, 4, 0, 1}, new Shape(1, 1, 2, 4)));
    differ(wrong, "attention", mixed, new double[] {5, 7, 0, 1}, CLOSE);
    return wrong;
  }

  /** The gradients of half the square of a linear layer: y^T x, y w and the sum of y. */
  private static List<String> backward(NDManager manager) {
    float[] values = numbers(5 * 7);
    float[] weights = numbers(3 * 7);
    float[] biases = {1, -2, 3};
    NDArray x = leaf(manager.create(values, new Shape(5, 7)));
    NDArray w = leaf(manager.create(weights, new Shape(3, 7)));
    NDArray b = leaf(manager.create(biases));
    Torch.withGradients(
        () -> {
          NDArray y = Ops.linear(x, w, b);
          Ops.backward(y, y.duplicate());
          return y;
        });
    double[] y = linear(values, weights, biases);
    double[] ofX = new double[5 * 7];
    double[] ofW = new double[3 * 7];
    double[] ofB = new double[3];
    for (int row = 0; row < 5; row++) {
      for (int out = 0; out < 3; out++) {
        ofB[out] += y[row * 3 + out];
        for (int in = 0; in < 7; in++) {
          ofX[row * 7 + in] += y[row * 3 + out] * weights[out * 7 + in];
          ofW[out * 7 + in] += y[row * 3 + out] * values[row * 7 + in];
        }
      }
    }
    List<String> wrong = new ArrayList<>();
    differ(wrong, "of the input", x.getGradient(), ofX, EXACT);
    differ(wrong, "of the weight", w.getGradient(), ofW, EXACT);
    differ(wrong, "of the bias", b.getGradient(), ofB, EXACT);
    return wrong;
  }

  private static List<String> types(NDManager manager) {
    List<String> wrong = new ArrayList<>();
    long large = (1L << 40) + 1;
    NDArray longs = manager.create(new long[] {large, -3});
    if (longs.getDataType() != DataType.INT64 || longs.toLongArray()[0] != large) {
      wrong.add("int64");
    }
    NDArray ints = manager.create(new float[] {2.7f, -2.7f}).toType(DataType.INT32, true);
    if (ints.getDataType() != DataType.INT32 || ints.toIntArray()[1] != -2) {
      wrong.add("int32");
    }
    NDArray doubles = manager.create(new double[] {1e300}).mul(manager.create(new double[] {2}));
    if (doubles.getDataType() != DataType.FLOAT64 || doubles.toDoubleArray()[0] != 2e300) {
      wrong.add("float64");
    }
    // bfloat16 has 8 bits of precision: 1 + 1/512 is 1 in it, 1 + 1/128 is exact.
    NDArray rounded =
        Bfloat16.linear(
            manager.create(new float[] {1 + 1f / 512, 1 + 1f / 128}, new Shape(2, 1)),
            manager.create(new float[] {1}, new Shape(1, 1)),
            null);
    differ(wrong, "bfloat16", rounded, new double[] {1, 1 + 1d / 128}, EXACT);
    return wrong;
  }

  /** What goes to the device comes back, and results are where their operands are. */
  private static List<String> devices(NDManager manager) {
    List<String> wrong = new ArrayList<>();
    Device device = Engine.getEngine("PyTorch").defaultDevice();
    NDArray there = manager.create(numbers(6)).toDevice(device, true);
    NDArray sum = there.add(there);
    if (!sum.getDevice().equals(device)) {
      wrong.add("a sum on %s is on %s".formatted(device, sum.getDevice()));
    }
    double[] twice = new double[6];
    for (int i = 0; i < twice.length; i++) {
      twice[i] = 2 * numbers(6)[i];
    }
    differ(wrong, "copy", sum.toDevice(Device.cpu(), true), twice, EXACT);
    return wrong;
  }

  private static List<String> wrong(String what, Supplier<List<String>> test) {
    List<String> wrong;
    try {
      wrong = test.get();
    } catch (RuntimeException e) {
      wrong = List.of(e.toString());
    }
    return wrong.stream().map(detail -> what + ": " + detail).toList();
  }

  static void differ(
      List<String> wrong, String what, NDArray actual, double[] expected, double within) {
    if (actual.getDataType() != DataType.FLOAT32) {
      wrong.add("%s is %s".formatted(what, actual.getDataType()));
      return;
    }
    float[] values = actual.toFloatArray();
    if (values.length != expected.length) {
      wrong.add("%s has %d values, not %d".formatted(what, values.length, expected.length));
      return;
    }
    for (int i = 0; i < values.length; i++) {
      if (!(Math.abs(values[i] - expected[i]) <= within)) { // so that NaN differs
        wrong.add("%s is %s, not %s".formatted(what, values[i], expected[i]));
        return;
      }
    }
  }

  private static double[] linear(float[] x, float[] w, float[] b) {
    int in = w.length / b.length;
    double[] y = new double[x.length / in * b.length];
    for (int i = 0; i < y.length; i++) {
      int row = i / b.length;
      int out = i % b.length;
      y[i] = b[out];
      for (int j = 0; j < in; j++) {
        y[i] += x[row * in + j] * w[out * in + j];
      }
    }
    return y;
  }

  private static double square(float[] x) {
    double sum = 0;
    for (float value : x) {
      sum += value * value;
    }
    return sum;
  }

  /** Small integers of both signs. */
  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i * 5 % 9 - 4;
    }
    return numbers;
  }

  private static NDArray leaf(NDArray array) {
    array.setRequiresGradient(true);
    return array;
  }
}
