package io.lodisc.model.exchange;

import io.lodisc.model.vit.Architecture;
import java.util.LinkedHashMap;
import java.util.Map;

/** The shapes of an encoder's tensors by timm's names, in timm's order. */
final class Shapes {

  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  private Shapes() {}

  static Map<String, long[]> of(Architecture a) {
    Shapes all = new Shapes();
    int d = a.width();
    all.shapes.put("cls_token", new long[] {1, 1, d});
    all.shapes.put("pos_embed", new long[] {1, 1 + a.patches(), d});
    all.layer("patch_embed.proj.", d, 3, a.patch(), a.patch());
    for (int i = 0; i < a.depth(); i++) {
      String block = "blocks." + i + ".";
      all.layer(block + "norm1.", d);
      all.layer(block + "attn.qkv.", 3L * d, d);
      all.layer(block + "attn.proj.", d, d);
      all.layer(block + "norm2.", d);
      all.layer(block + "mlp.fc1.", a.mlpWidth(), d);
      all.layer(block + "mlp.fc2.", d, a.mlpWidth());
    }
    all.layer("norm.", d);
    return all.shapes;
  }

  private void layer(String stem, long... weight) {
    shapes.put(stem + "weight", weight);
    shapes.put(stem + "bias", new long[] {weight[0]});
  }
}
