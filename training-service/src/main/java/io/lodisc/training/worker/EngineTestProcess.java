package io.lodisc.training.worker;

import io.lodisc.model.engine.EngineException;
import io.lodisc.model.engine.SelfTest;

/**
 * The engine's self-test in the environment of a job's process; says on standard output why not.
 */
final class EngineTestProcess {

  private EngineTestProcess() {}

  /** Ends with 1 if the engine must not be used. */
  public static void main(String[] arguments) {
    try {
      SelfTest passed = SelfTest.run();
      System.out.printf(
          "libtorch %s for %s computes on the %s%n",
          passed.version(), passed.flavor(), passed.device());
    } catch (EngineException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
  }
}
