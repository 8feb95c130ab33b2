package io.lodisc.model.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hugging Face's {@code ViTModel}, which keeps query, key and value apart. */
final class HuggingFaceNaming implements Naming {

  private static final Map<String, List<List<String>>> INSIDE = new LinkedHashMap<>();

  static {
    INSIDE.put("norm1.", List.of(List.of("layernorm_before.")));
    INSIDE.put(
        "attn.qkv.",
        List.of(
            List.of(
                "attention.attention.query.",
                "attention.attention.key.",
                "attention.attention.value.")));
    INSIDE.put("attn.proj.", List.of(List.of("attention.output.dense.")));
    INSIDE.put("norm2.", List.of(List.of("layernorm_after.")));
    INSIDE.put("mlp.fc1.", List.of(List.of("intermediate.dense.")));
    INSIDE.put("mlp.fc2.", List.of(List.of("output.dense.")));
  }

  @Override
  public String name() {
    return "huggingface";
  }

  @Override
  public double epsilon() {
    return 1e-12;
  }

  @Override
  public String classToken() {
    return "embeddings.cls_token";
  }

  @Override
  public String positions() {
    return "embeddings.position_embeddings";
  }

  @Override
  public Map<String, String> outside() {
    return Map.of(
        "patch_embed.proj.", "embeddings.patch_embeddings.projection.", "norm.", "layernorm.");
  }

  @Override
  public String blocks() {
    return "encoder.layer.";
  }

  @Override
  public Map<String, List<List<String>>> inside() {
    return INSIDE;
  }
}
