package io.lodisc.web;

import io.lodisc.model.engine.EngineException;
import io.lodisc.model.engine.SelfTest;
import org.springframework.boot.logging.LoggingSystem;

/** The command that tests the engine and starts nothing else. */
public final class EngineSelfTest {

  /** The property's value where there is no GPU yet, as where an image is built. */
  private static final String WITHOUT_GPU = "without-gpu";

  private EngineSelfTest() {}

  /** Says on standard output what was tested; ends the process with 1 if it must not be used. */
  public static ServiceProgram.Command command() {
    return (value, arguments) -> {
      LoggingSystem.get(EngineSelfTest.class.getClassLoader()).beforeInitialize();
      try {
        SelfTest passed = SelfTest.run(!value.equals(WITHOUT_GPU));
        System.out.printf(
            "The engine passed its self-test: libtorch %s for %s, computing on the %s.%n",
            passed.version(), passed.flavor(), passed.device());
      } catch (EngineException e) {
        System.err.println("The engine failed its self-test. " + e.getMessage());
        System.exit(1);
      }
    };
  }
}
