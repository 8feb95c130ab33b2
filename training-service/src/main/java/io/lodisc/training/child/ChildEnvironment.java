package io.lodisc.training.child;

import io.lodisc.model.engine.Precision;
import java.util.Map;

/** The environment of a training process: what makes the engine fast, and nothing secret. */
public final class ChildEnvironment {

  /**
   * A step frees and takes again gigabytes. By default glibc gives large pieces back to the kernel
   * each time and gets them back as zeroed small pages; these keep them, in large pages and in one
   * arena, whose pieces may be of any size (the JVM's main thread has another).
   */
  private static final String MALLOC =
      "glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=33554432"
          + ":glibc.malloc.trim_threshold=17179869184:glibc.malloc.top_pad=268435456";

  private ChildEnvironment() {}

  /**
   * Changes an environment that was inherited; what an operator has set stays, but for the
   * precision.
   */
  public static void prepare(Map<String, String> environment, Precision precision) {
    precision.prepare(environment);
    environment.put("DJL_OFFLINE", "true");
    environment.put("OPT_OUT_TRACKING", "true");
    // spinning OpenMP threads wait for each other's time slices wherever a core is shared
    environment.putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
    environment.putIfAbsent("GLIBC_TUNABLES", MALLOC);
    environment.keySet().removeIf(k -> k.contains("PASSWORD") || k.contains("SECRET"));
  }
}
