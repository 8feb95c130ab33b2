package io.lodisc.model.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names that lodisc writes itself: timm's, and so MoCo v3's, DeiT's and DINO's. */
final class TimmNaming implements Naming {

  private static final List<String> INSIDE =
      List.of("norm1.", "attn.qkv.", "attn.proj.", "norm2.", "mlp.fc1.", "mlp.fc2.");

  @Override
  public String name() {
    return "timm";
  }

  @Override
  public double epsilon() {
    return 1e-6;
  }

  @Override
  public String classToken() {
    return "cls_token";
  }

  @Override
  public String positions() {
    return "pos_embed";
  }

  @Override
  public Map<String, String> outside() {
    return Map.of("patch_embed.proj.", "patch_embed.proj.", "norm.", "norm.");
  }

  @Override
  public String blocks() {
    return "blocks.";
  }

  @Override
  public Map<String, List<List<String>>> inside() {
    Map<String, List<List<String>>> same = new LinkedHashMap<>();
    INSIDE.forEach(stem -> same.put(stem, List.of(List.of(stem))));
    return same;
  }
}
