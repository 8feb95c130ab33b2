package io.lodisc.benchmarks;

import ai.djl.ndarray.NDManager;
import io.lodisc.model.engine.Torch;

/** Prints where the engine computes: {@code cpu}, {@code gpu}. */
public final class EngineDevice {

  private EngineDevice() {}

  public static void main(String[] arguments) {
    Torch.start();
    try (NDManager manager = Torch.manager()) {
      System.out.println(manager.getDevice().getDeviceType());
    }
  }
}
