package io.lodisc.benchmarks;

import ai.djl.ndarray.NDManager;
import io.lodisc.model.engine.Torch;

/**
 * Prints, among what is logged, where the engine computes: {@code device cpu}, {@code device gpu}.
 */
public final class EngineDevice {

  private EngineDevice() {}

  public static void main(String[] arguments) {
    Torch.start();
    try (NDManager manager = Torch.manager()) {
      System.out.println("device " + manager.getDevice().getDeviceType());
    }
  }
}
