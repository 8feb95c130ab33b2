package io.lodisc.model.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** torchvision's {@code vit_b_16} and its kind, also as saved before its MLP was renamed. */
final class TorchvisionNaming implements Naming {

  private static final Map<String, List<List<String>>> INSIDE = new LinkedHashMap<>();

  static {
    INSIDE.put("norm1.", List.of(List.of("ln_1.")));
    INSIDE.put("attn.qkv.", List.of(List.of("self_attention.in_proj_")));
    INSIDE.put("attn.proj.", List.of(List.of("self_attention.out_proj.")));
    INSIDE.put("norm2.", List.of(List.of("ln_2.")));
    INSIDE.put("mlp.fc1.", List.of(List.of("mlp.0."), List.of("mlp.linear_1.")));
    INSIDE.put("mlp.fc2.", List.of(List.of("mlp.3."), List.of("mlp.linear_2.")));
  }

  @Override
  public String name() {
    return "torchvision";
  }

  @Override
  public double epsilon() {
    return 1e-6;
  }

  @Override
  public String classToken() {
    return "class_token";
  }

  @Override
  public String positions() {
    return "encoder.pos_embedding";
  }

  @Override
  public Map<String, String> outside() {
    return Map.of("patch_embed.proj.", "conv_proj.", "norm.", "encoder.ln.");
  }

  @Override
  public String blocks() {
    return "encoder.layers.encoder_layer_";
  }

  @Override
  public Map<String, List<List<String>>> inside() {
    return INSIDE;
  }
}
