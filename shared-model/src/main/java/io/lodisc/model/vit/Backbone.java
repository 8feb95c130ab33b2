package io.lodisc.model.vit;

import io.lodisc.model.vit.Architecture.Positions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The sizes behind a name such as {@code vit-s/16}: of ViT-Ti, S and B (Touvron et al. 2021), the
 * number after the slash the pixels a side of a patch. {@code vit-s} has the 12 heads of MoCo v3;
 * {@code vit-s6} is the same with the 6 of DeiT and timm.
 *
 * @param patch pixels a side of one patch
 * @param width D, the length of a token
 * @param depth number of blocks
 * @param heads of the attention
 */
public record Backbone(int patch, int width, int depth, int heads) {

  /** Hidden width of a block's MLP over D, the same for all of them. */
  public static final double MLP_RATIO = 4;

  private static final int DEPTH = 12;
  private static final Map<String, Backbone> ALL = new LinkedHashMap<>();

  static {
    add("vit-ti", 192, 3);
    add("vit-s", 384, 12);
    add("vit-s6", 384, 6);
    add("vit-b", 768, 12);
  }

  /**
   * The backbone of that name, in small or capital letters.
   *
   * @throws IllegalArgumentException if there is none; the message lists the ones there are
   */
  public static Backbone named(String name) {
    Backbone backbone = ALL.get(name.toLowerCase(Locale.ROOT));
    if (backbone == null) {
      throw new IllegalArgumentException(
          "there is no backbone '%s'; there are %s".formatted(name, String.join(", ", names())));
    }
    return backbone;
  }

  /** Every name there is. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /**
   * This backbone for pictures of a size.
   *
   * @param imageSize pixels a side
   * @throws IllegalArgumentException if patches do not divide it
   */
  public Architecture at(int imageSize, Positions positions) {
    return new Architecture(imageSize, patch, width, depth, heads, MLP_RATIO, positions);
  }

  private static void add(String size, int width, int heads) {
    for (int patch : new int[] {8, 14, 16, 32}) {
      ALL.put(size + "/" + patch, new Backbone(patch, width, DEPTH, heads));
    }
  }
}
