package io.lodisc.model.method;

import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.Weights;
import java.util.Map;
import java.util.Set;

/** The objectives by name. */
public final class Objectives {

  private interface Maker {
    Objective make(
        Architecture architecture, HeadSizes heads, LoDiscOptions options, Weights weights);
  }

  private static final Map<String, Maker> ALL =
      Map.of("lodisc", (a, heads, options, w) -> new LoDisc(a, heads, options, w, Kernel.FUSED));

  private Objectives() {}

  public static Set<String> names() {
    return ALL.keySet();
  }

  /**
   * The objective of that name over these weights.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Objective of(
      String name,
      Architecture architecture,
      HeadSizes heads,
      LoDiscOptions options,
      Weights weights) {
    if (!ALL.containsKey(name)) {
      throw new IllegalArgumentException("objective must be one of " + names());
    }
    return ALL.get(name).make(architecture, heads, options, weights);
  }
}
