package io.lodisc.benchmarks;

import io.lodisc.model.engine.Precision;
import io.lodisc.training.child.ChildEnvironment;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Prints the environment that jobs' processes get, a NAME=VALUE a line: {@code fp32|tf32|bf16}. */
public final class JobEnvironment {

  private JobEnvironment() {}

  public static void main(String[] arguments) {
    Map<String, String> environment = new HashMap<>();
    Precision precision = Precision.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    ChildEnvironment.prepare(environment, precision);
    environment.forEach((name, value) -> System.out.println(name + "=" + value));
  }
}
