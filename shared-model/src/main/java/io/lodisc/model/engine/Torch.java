package io.lodisc.model.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * The PyTorch engine of this process: how it starts, how many threads it has, gradient mode and
 * precision.
 */
public final class Torch {

  private static final ScopedValue<Precision> PRECISION = ScopedValue.newInstance();

  private static volatile int threads = Runtime.getRuntime().availableProcessors();

  private Torch() {}

  /** Starts the engine. Called first from a start-up thread, never from the common pool. */
  public static synchronized void start() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    Engine.getEngine("PyTorch");
    JniUtils.setGradMode(false);
  }

  /** Sets how many threads one operation may use. */
  public static void threads(int count) {
    JniUtils.setNumThreads(count);
    threads = count;
  }

  /** How many threads one operation may use. */
  static int threads() {
    return threads;
  }

  /** Computes in this precision; what is around it is float32. */
  public static <T> T inPrecision(Precision precision, Supplier<T> computation) {
    return ScopedValue.where(PRECISION, precision).call(computation::get);
  }

  /** What this thread computes in. */
  public static Precision precision() {
    return PRECISION.orElse(Precision.FP32);
  }

  /** Whether the engine computes on a GPU. */
  public static boolean isOnGpu() {
    return Engine.getEngine("PyTorch").defaultDevice().isGpu();
  }

  /** A manager on the engine's default device: a GPU where there is one. */
  public static NDManager manager() {
    return Engine.getEngine("PyTorch").newBaseManager();
  }

  /** Computes with a graph for the backward pass. */
  public static <T> T withGradients(Supplier<T> computation) {
    return inMode(true, computation);
  }

  /**
   * Computes without a graph. The mode is the thread's, and new threads start with gradients on.
   */
  public static <T> T withoutGradients(Supplier<T> computation) {
    return inMode(false, computation);
  }

  private static <T> T inMode(boolean gradients, Supplier<T> computation) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(gradients);
    try {
      return computation.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }
}
