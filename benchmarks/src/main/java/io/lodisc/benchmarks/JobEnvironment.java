package io.lodisc.benchmarks;

import io.lodisc.training.child.ChildEnvironment;
import java.util.HashMap;
import java.util.Map;

/** Prints the environment that jobs' processes get, a NAME=VALUE a line. */
public final class JobEnvironment {

  private JobEnvironment() {}

  public static void main(String[] arguments) {
    Map<String, String> environment = new HashMap<>();
    ChildEnvironment.prepare(environment);
    environment.forEach((name, value) -> System.out.println(name + "=" + value));
  }
}
