package io.lodisc.model.vit;

import ai.djl.ndarray.types.Shape;
import io.lodisc.model.vit.Architecture.Positions;

/** The tensors of a vision transformer, under timm's names and with MoCo v3's start values. */
public final class VitWeights {

  private VitWeights() {}

  /**
   * Draws start weights (MoCo v3, section 4): qkv uniform +-sqrt(6 / 2D), other linear layers
   * Xavier uniform, biases 0, patch projection uniform +-sqrt(6 / (3 patch^2 + D)), class token
   * N(0, 1e-6), learned positions N(0, positionDeviation).
   *
   * @param positionDeviation 0.02 is customary; nearer 1, patches of an untrained transformer
   *     differ by their place from the first step on, which short runs on few pictures need
   */
  public static void initialize(Weights w, Architecture a, double positionDeviation, Draw draw) {
    int d = a.width();
    w.put("cls_token", draw.normal(d, 1e-6), new Shape(1, 1, d));
    w.put(
        "pos_embed",
        a.positions() == Positions.SINCOS
            ? SinCosPositions.table(a.grid(), d)
            : draw.normal((1 + a.patches()) * d, positionDeviation),
        new Shape(1, 1 + a.patches(), d));
    int pixels = 3 * a.patch() * a.patch();
    w.put(
        "patch_embed.proj.weight",
        draw.uniform(d * pixels, Math.sqrt(6.0 / (pixels + d))),
        new Shape(d, 3, a.patch(), a.patch()));
    w.put("patch_embed.proj.bias", new float[d], new Shape(d));
    for (int i = 0; i < a.depth(); i++) {
      block(w.at("blocks." + i), d, a.mlpWidth(), draw);
    }
    norm(w, "norm", d);
  }

  /** Marks what is trained: all but fixed positions and, if so wanted, the patch projection. */
  public static void train(Weights w, Architecture a, boolean trainPatchProjection) {
    for (String name : w.parameters()) {
      boolean fixed =
          (name.equals("pos_embed") && a.positions() == Positions.SINCOS)
              || (name.startsWith("patch_embed.") && !trainPatchProjection);
      w.train(name, !fixed);
    }
  }

  private static void block(Weights w, int d, int hidden, Draw draw) {
    norm(w, "norm1", d);
    w.put(
        "attn.qkv.weight", draw.uniform(3 * d * d, Math.sqrt(6.0 / (2 * d))), new Shape(3L * d, d));
    w.put("attn.qkv.bias", new float[3 * d], new Shape(3L * d));
    linear(w, "attn.proj", d, d, draw);
    norm(w, "norm2", d);
    linear(w, "mlp.fc1", d, hidden, draw);
    linear(w, "mlp.fc2", hidden, d, draw);
  }

  private static void linear(Weights w, String name, int in, int out, Draw draw) {
    w.put(
        name + ".weight", draw.uniform(in * out, Math.sqrt(6.0 / (in + out))), new Shape(out, in));
    w.put(name + ".bias", new float[out], new Shape(out));
  }

  private static void norm(Weights w, String name, int d) {
    w.put(name + ".weight", Draw.ones(d), new Shape(d));
    w.put(name + ".bias", new float[d], new Shape(d));
  }
}
