package io.lodisc.model.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a library calls the tensors of a vision transformer. A <i>stem</i> is the name of a layer's
 * weight and bias without that last word, such as {@code norm1.}; in the maps here the keys are
 * timm's.
 */
interface Naming {

  /** Every naming that is recognised. */
  List<Naming> ALL = List.of(new TimmNaming(), new TorchvisionNaming(), new HuggingFaceNaming());

  /** The library. */
  String name();

  /** Its LayerNorm's epsilon. */
  double epsilon();

  String classToken();

  String positions();

  /** The stems outside of the blocks: {@code patch_embed.proj.} and {@code norm.}. */
  Map<String, String> outside();

  /** What stands before a block's number, such as {@code blocks.}. */
  String blocks();

  /**
   * The stems within a block, in timm's order: alternatives, each of one stem or of several whose
   * tensors are stacked.
   */
  Map<String, List<List<String>>> inside();

  /**
   * Where each tensor of an encoder is found: by timm's name, in timm's order, the alternatives,
   * each of one name or of several whose tensors are stacked.
   */
  default Map<String, List<List<String>>> sources(int depth) {
    Map<String, List<List<String>>> sources = new LinkedHashMap<>();
    sources.put("cls_token", List.of(List.of(classToken())));
    sources.put("pos_embed", List.of(List.of(positions())));
    put(sources, "patch_embed.proj.", List.of(List.of(outside().get("patch_embed.proj."))));
    for (int i = 0; i < depth; i++) {
      String own = "blocks." + i + ".";
      String theirs = blocks() + i + ".";
      inside()
          .forEach(
              (stem, alternatives) ->
                  put(
                      sources,
                      own + stem,
                      alternatives.stream()
                          .map(parts -> parts.stream().map(theirs::concat).toList())
                          .toList()));
    }
    put(sources, "norm.", List.of(List.of(outside().get("norm."))));
    return sources;
  }

  private static void put(
      Map<String, List<List<String>>> sources, String stem, List<List<String>> alternatives) {
    for (String last : List.of("weight", "bias")) {
      sources.put(
          stem + last,
          alternatives.stream()
              .map(parts -> parts.stream().map(part -> part + last).toList())
              .toList());
    }
  }
}
