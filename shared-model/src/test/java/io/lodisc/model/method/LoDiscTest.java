package io.lodisc.model.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Precision;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.method.mask.MaskStrategy;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.model.vit.Draw;
import io.lodisc.model.vit.VisionTransformer;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoDiscTest {

  private static final Architecture TINY = new Architecture(24, 4, 24, 3, 3, 2, Positions.LEARNED);
  private static final HeadSizes HEADS = new HeadSizes(32, 16);
  private static final int BATCH = 5;

  private NDManager manager;

  /** What a step left behind. */
  private record Trace(float loss, Map<String, float[]> gradients, LoDisc.Step step) {}

  @BeforeEach
  void start() {
    Torch.start();
    manager = Torch.manager();
  }

  @AfterEach
  void stop() {
    manager.close();
  }

  @Test
  void recomputedActivationsGiveTheSameLossAndGradients() {
    Trace kept = run(options("location", MaskedTokens.ZEROED, 0.5, 1, false), HEADS);
    Trace recomputed = run(options("location", MaskedTokens.ZEROED, 0.5, 1, true), HEADS);

    // Without a graph a linear layer is another kernel, which rounds in another order.
    assertThat(recomputed.loss()).isCloseTo(kept.loss(), within(1e-5f));
    assertSame(recomputed.gradients(), kept.gradients(), 1e-4);
  }

  /**
   * bfloat16 rounds by up to 2^-8 = 0.4 %, which the batch norms of 5 pictures that look alike to
   * an untrained encoder enlarge. How much is measured: by the step in float32 whose weights alone
   * are rounded, once. A step in bfloat16 rounds some five times as often.
   */
  @Test
  void aStepInBfloat16IsTheOneInFloat32ToItsRounding() {
    LoDiscOptions options = options("random", MaskedTokens.ZEROED, 0.5, 1, false);
    Trace exact = run(options, HEADS);
    Trace roundedWeights = run(options, HEADS, 1, rounded(weights(HEADS)));
    Trace mixed = Torch.inPrecision(Precision.BF16, () -> run(options, HEADS));

    double rounding = distance(roundedWeights.gradients(), exact.gradients());
    assertThat(rounding).isBetween(0.01, 0.2);
    assertThat(distance(mixed.gradients(), exact.gradients())).isBetween(0.01, 5 * rounding);
    assertThat(mixed.loss()).isCloseTo(exact.loss(), within(0.02f * exact.loss()));
  }

  @Test
  void recomputingIsTheSameInBfloat16() {
    LoDiscOptions kept = options("location", MaskedTokens.ZEROED, 0.5, 1, false);
    LoDiscOptions recomputed = options("location", MaskedTokens.ZEROED, 0.5, 1, true);
    Trace one = Torch.inPrecision(Precision.BF16, () -> run(kept, HEADS));
    Trace other = Torch.inPrecision(Precision.BF16, () -> run(recomputed, HEADS));

    assertThat(other.loss()).isEqualTo(one.loss());
    assertSame(other.gradients(), one.gradients(), 1e-5);
  }

  @Test
  void droppingNoPatchIsZeroingNoPatch() {
    Trace zeroed = run(options("location", MaskedTokens.ZEROED, 0, 1, false), HEADS);
    Trace dropped = run(options("location", MaskedTokens.DROPPED, 0, 1, false), HEADS);

    assertThat(dropped.loss()).isCloseTo(zeroed.loss(), within(1e-5f));
    assertSame(dropped.gradients(), zeroed.gradients(), 1e-4);
  }

  @Test
  void droppedPatchesCannotBeSeen() {
    LoDisc lodisc = lodisc(options("border", MaskedTokens.DROPPED, 0.7, 1, false), HEADS);
    NDArray x = pictures();
    NDArray l = lodisc.run(x, 1, 0, 1).l();
    NDArray other = x.duplicate();
    Torch.withoutGradients(
        () -> {
          other.get(":,:,0:4").addi(100); // the uppermost row of patches lies on the border
          return null;
        });
    LoDisc again = lodisc(options("border", MaskedTokens.DROPPED, 0.7, 1, false), HEADS);

    assertThat(again.run(other, 1, 0, 1).l().toFloatArray()).containsExactly(l.toFloatArray());
  }

  @Test
  void zeroedPatchesCannotBeSeenEither() {
    NDArray x = pictures();
    NDArray other = x.duplicate();
    Torch.withoutGradients(
        () -> {
          other.get(":,:,0:4").addi(100);
          return null;
        });
    LoDiscOptions options = options("border", MaskedTokens.ZEROED, 0.7, 1, false);

    float[] l = lodisc(options, HEADS).run(x, 1, 0, 1).l().toFloatArray();
    assertThat(lodisc(options, HEADS).run(other, 1, 0, 1).l().toFloatArray()).containsExactly(l);
  }

  @Test
  void aWeightScalesTheGradientsAndNotTheLoss() {
    LoDiscOptions options = options("location", MaskedTokens.ZEROED, 0.5, 1, false);
    Trace whole = run(options, HEADS, 1);
    Trace half = run(options, HEADS, 0.5);

    assertThat(half.loss()).isEqualTo(whole.loss());
    whole
        .gradients()
        .forEach(
            (name, gradient) -> {
              for (int i = 0; i < gradient.length; i++) {
                assertThat(half.gradients().get(name)[i])
                    .isCloseTo(gradient[i] / 2, within(1e-7f + Math.abs(gradient[i]) * 1e-5f));
              }
            });
  }

  @Test
  void fourUpdatesMoveTheMomentumEncoderAsMomentumToTheFourth() {
    Weights once = weights(HEADS);
    Weights often = weights(HEADS);
    new LoDisc(
            TINY,
            HEADS,
            options("location", MaskedTokens.ZEROED, 0.5, 1, false),
            once,
            Kernel.FUSED)
        .run(pictures(), Math.pow(0.9, 4), 0, 1);
    new LoDisc(
            TINY,
            HEADS,
            options("location", MaskedTokens.ZEROED, 0.5, 4, false),
            often,
            Kernel.FUSED)
        .run(pictures(), 0.9, 0, 1);

    assertThat(often.get("key.backbone.norm.bias").toFloatArray())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(once.get("key.backbone.norm.bias").toFloatArray());
  }

  @Test
  void withoutAProjectorTheClassTokenIsWhatIsFound() {
    HeadSizes released = new HeadSizes(32, TINY.width(), false, 0.2);
    LoDiscOptions options = options("location-strict", MaskedTokens.ZEROED, 0.5, 1, false);
    Weights weights = weights(released);
    LoDisc.Step step =
        new LoDisc(TINY, released, options, weights, Kernel.FUSED).run(pictures(), 1, 0, 1);
    weights.forEach((name, tensor) -> assertThat(name).doesNotContain("projector"));

    Weights key = new Weights(manager);
    weights.at("key.backbone").forEach((name, t) -> key.put(name, t.toFloatArray(), t.getShape()));
    var backbone = new VisionTransformer(TINY, key, Kernel.FUSED);
    NDArray classToken =
        Torch.withoutGradients(() -> backbone.forward(pictures(), Attention.NONE).classToken());
    assertThat(step.k().toFloatArray())
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(classToken.toFloatArray());
    assertThat(step.mask().sum().getFloat()).isEqualTo(2 * BATCH * 17);
  }

  @Test
  void dropoutIsDrawnFromTheSeedAndTheStep() {
    HeadSizes dropping = new HeadSizes(32, 16, true, 0.2);
    LoDiscOptions options = options("location", MaskedTokens.ZEROED, 0.5, 1, false);
    float first = lodisc(options, dropping).run(pictures(), 1, 7, 1).loss().getFloat();

    assertThat(lodisc(options, dropping).run(pictures(), 1, 7, 1).loss().getFloat())
        .isEqualTo(first);
    assertThat(lodisc(options, dropping).run(pictures(), 1, 8, 1).loss().getFloat())
        .isNotEqualTo(first);
    assertThat(lodisc(options, HEADS).run(pictures(), 1, 7, 1).loss().getFloat())
        .isNotEqualTo(first);
  }

  @Test
  void clippedGradientsMoveTheWeightsAsGradientsOfThatNorm() {
    Weights weights = weights(HEADS);
    new LoDisc(
            TINY,
            HEADS,
            options("location", MaskedTokens.ZEROED, 0.5, 1, false),
            weights,
            Kernel.FUSED)
        .run(pictures(), 1, 0, 1);
    double squares = 0;
    for (NDArray trained : weights.get(weights.trained())) {
      for (float g : trained.getGradient().toFloatArray()) {
        squares += (double) g * g;
      }
    }
    double most = Math.sqrt(squares) / 10;
    AdamW optimizer = new AdamW(weights, 0, most);
    optimizer.step(1e-3);

    double[] moments = {0};
    optimizer.forEach(
        (name, array) -> {
          if (name.startsWith("mean.")) {
            for (float mean : array.toFloatArray()) {
              moments[0] += Math.pow(mean / 0.1, 2);
            }
          }
        });
    assertThat(Math.sqrt(moments[0])).isCloseTo(most, within(most * 1e-4));
  }

  private Trace run(LoDiscOptions options, HeadSizes heads) {
    return run(options, heads, 1);
  }

  private Trace run(LoDiscOptions options, HeadSizes heads, double weight) {
    return run(options, heads, weight, weights(heads));
  }

  private Trace run(LoDiscOptions options, HeadSizes heads, double weight, Weights weights) {
    LoDisc lodisc = new LoDisc(TINY, heads, options, weights, Kernel.FUSED);
    try (Scope scope = new Scope()) {
      LoDisc.Step step = lodisc.run(pictures(), 0.99, 0, weight);
      Map<String, float[]> gradients = new LinkedHashMap<>();
      for (String name : weights.trained()) {
        gradients.put(name, weights.get(name).getGradient().toFloatArray());
      }
      return new Trace(step.loss().getFloat(), gradients, step);
    }
  }

  private LoDisc lodisc(LoDiscOptions options, HeadSizes heads) {
    return new LoDisc(TINY, heads, options, weights(heads), Kernel.FUSED);
  }

  private Weights weights(HeadSizes heads) {
    Weights weights = new Weights(manager);
    LoDiscWeights.initializeQuery(weights, TINY, heads, 0.02, 1);
    LoDiscWeights.copyQueryToKey(weights);
    Torch.withoutGradients(() -> weights.get("query.backbone.norm.bias").addi(0.1f));
    LoDiscWeights.train(weights, TINY, true);
    return weights;
  }

  /** Weights that bfloat16 has: of their 24 significant bits the uppermost 8, rounded half up. */
  private Weights rounded(Weights weights) {
    Weights rounded = new Weights(manager);
    weights.forEach(
        (name, tensor) -> {
          float[] values = tensor.toFloatArray();
          for (int i = 0; i < values.length; i++) {
            values[i] =
                Float.intBitsToFloat((Float.floatToRawIntBits(values[i]) + 0x8000) & 0xffff0000);
          }
          rounded.put(name, values, tensor.getShape());
        });
    LoDiscWeights.train(rounded, TINY, true);
    return rounded;
  }

  private NDArray pictures() {
    float[] values = new Draw(2).normal(2 * BATCH * 3 * 24 * 24, 1);
    return manager.create(values, new Shape(2 * BATCH, 3, 24, 24));
  }

  private static LoDiscOptions options(
      String mask, MaskedTokens masked, double ratio, int updates, boolean recompute) {
    return new LoDiscOptions(
        Branches.GLOBAL_LOCAL,
        0.2,
        new LocalBranch(MaskStrategy.named(mask), ratio, masked),
        updates,
        recompute,
        4);
  }

  private static void assertSame(
      Map<String, float[]> actual, Map<String, float[]> expected, double limit) {
    assertThat(distance(actual, expected)).isLessThan(limit);
  }

  private static double distance(Map<String, float[]> actual, Map<String, float[]> expected) {
    assertThat(actual).containsOnlyKeys(expected.keySet());
    double whole = 0;
    double off = 0;
    for (String name : expected.keySet()) {
      for (int i = 0; i < expected.get(name).length; i++) {
        whole += Math.pow(expected.get(name)[i], 2);
        off += Math.pow(actual.get(name)[i] - expected.get(name)[i], 2);
      }
    }
    return Math.sqrt(off / whole);
  }
}
