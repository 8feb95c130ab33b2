package io.lodisc.model.exchange;

import io.lodisc.model.checkpoint.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Weights under timm's names, renamed as other libraries have them. */
final class Renamed {

  private Renamed() {}

  static Map<String, Tensor> torchvision(Map<String, Tensor> timm) {
    return names(
        timm,
        name ->
            name.replace("cls_token", "class_token")
                .replace("pos_embed", "encoder.pos_embedding")
                .replace("patch_embed.proj", "conv_proj")
                .replaceAll("^norm\\.", "encoder.ln.")
                .replace("blocks.", "encoder.layers.encoder_layer_")
                .replace(".norm", ".ln_")
                .replace("attn.qkv.", "self_attention.in_proj_")
                .replace("attn.proj", "self_attention.out_proj")
                .replace("fc1", "0")
                .replace("fc2", "3"));
  }

  /** As its files were before torchvision 0.13. */
  static Map<String, Tensor> olderTorchvision(Map<String, Tensor> timm) {
    return names(
        torchvision(timm),
        name -> name.replace("mlp.0", "mlp.linear_1").replace("mlp.3", "mlp.linear_2"));
  }

  static Map<String, Tensor> huggingFace(Map<String, Tensor> timm) {
    Map<String, Tensor> split = new LinkedHashMap<>();
    timm.forEach(
        (name, tensor) -> {
          if (name.contains("attn.qkv")) {
            String[] parts = {"query", "key", "value"};
            for (int i = 0; i < 3; i++) {
              split.put(name.replace("qkv", "attention." + parts[i]), third(tensor, i));
            }
          } else {
            split.put(name, tensor);
          }
        });
    return names(
        split,
        name ->
            name.replace("cls_token", "embeddings.cls_token")
                .replace("pos_embed", "embeddings.position_embeddings")
                .replace("patch_embed.proj", "embeddings.patch_embeddings.projection")
                .replaceAll("^norm\\.", "layernorm.")
                .replace("blocks.", "encoder.layer.")
                .replace("norm1", "layernorm_before")
                .replace("norm2", "layernorm_after")
                .replace("attn.proj", "attention.output.dense")
                .replace("attn.", "attention.")
                .replace("mlp.fc1", "intermediate.dense")
                .replace("mlp.fc2", "output.dense"));
  }

  static Map<String, Tensor> wrapped(String prefix, Map<String, Tensor> tensors) {
    return names(tensors, prefix::concat);
  }

  private static Map<String, Tensor> names(
      Map<String, Tensor> tensors, UnaryOperator<String> rename) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> renamed.put(rename.apply(name), tensor));
    return renamed;
  }

  private static Tensor third(Tensor tensor, int index) {
    int count = tensor.values().length / 3;
    long[] shape = tensor.shape().clone();
    shape[0] /= 3;
    float[] values = Arrays.copyOfRange(tensor.values(), index * count, (index + 1) * count);
    return new Tensor(values, shape);
  }
}
