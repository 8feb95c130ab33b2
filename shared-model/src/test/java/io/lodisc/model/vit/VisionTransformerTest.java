package io.lodisc.model.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Ops;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Features;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VisionTransformerTest {

  private static final Architecture TINY = new Architecture(16, 4, 24, 2, 3, 4, Positions.LEARNED);

  private NDManager manager;
  private Weights weights;
  private VisionTransformer transformer;
  private NDArray x;

  @BeforeEach
  void make() {
    Torch.start();
    manager = Torch.manager();
    weights = new Weights(manager);
    VitWeights.initialize(weights, TINY, 0.02, new Draw(1));
    VitWeights.train(weights, TINY, true);
    transformer = new VisionTransformer(TINY, weights, Kernel.FUSED);
    x = manager.create(new Draw(2).normal(5 * 3 * 16 * 16, 1), new Shape(5, 3, 16, 16));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void fusedAttentionGivesWhatPlainAttentionGivesAndItsGradients() {
    List<float[]> fused = classTokenAndGradients(Attention.NONE);
    List<float[]> plain = classTokenAndGradients(Attention.ALL);

    for (int i = 0; i < plain.size(); i++) {
      assertThat(relativeError(fused.get(i), plain.get(i))).as("tensor %d", i).isLessThan(1e-5);
    }
  }

  @Test
  void theClassTokensRowIsTheFirstOfAll() {
    Features all = run(Attention.ALL);
    Features row = run(Attention.CLASS_TOKEN);

    assertThat(all.attention()).hasSize(2);
    assertThat(all.attention().getFirst().getShape()).isEqualTo(new Shape(5, 3, 17, 17));
    for (int i = 0; i < 2; i++) {
      assertThat(row.attention().get(i).toFloatArray())
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(all.attention().get(i).get(":,:,0:1").toFloatArray());
    }
    for (float sum : row.attention().getFirst().sum(new int[] {3}).toFloatArray()) {
      assertThat(sum).isCloseTo(1, within(1e-5f));
    }
  }

  @Test
  void theTokensOfZeroedPatchesAreThoseOfPicturesWithoutThem() {
    float[] mask = new float[5 * 16];
    NDArray zeroed = x.duplicate();
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % 3 == 0 ? 1 : 0;
      int row = i % 16 / 4 * 4;
      int column = i % 4 * 4;
      if (mask[i] == 0) {
        zeroed.set(new NDIndex("{},:,{}:{},{}:{}", i / 16, row, row + 4, column, column + 4), 0f);
      }
    }

    NDArray tokens =
        transformer.zeroed(transformer.tokens(x), manager.create(mask, new Shape(5, 16)));

    assertThat(tokens.toFloatArray()).containsExactly(transformer.tokens(zeroed).toFloatArray());
  }

  @Test
  void aScopeFreesEverythingButWhatIsKept() {
    int before = manager.getManagedArrays().size();
    try (Scope scope = new Scope()) {
      run(Attention.CLASS_TOKEN);
    }
    assertThat(manager.getManagedArrays()).hasSize(before);
  }

  @Test
  void namesAndCountsAreTimms() {
    List<String> names = new ArrayList<>();
    weights.forEach((name, tensor) -> names.add(name));

    assertThat(names)
        .hasSize(4 + 2 * 12 + 2)
        .contains("cls_token", "pos_embed", "patch_embed.proj.weight", "norm.bias")
        .contains("blocks.1.attn.qkv.weight", "blocks.0.mlp.fc2.bias", "blocks.0.norm2.weight");
    assertThat(weights.get("blocks.0.attn.qkv.weight").getShape()).isEqualTo(new Shape(72, 24));
  }

  @Test
  void fixedPositionsAndAFrozenPatchProjectionAreNotTrained() {
    Architecture fixed = new Architecture(16, 4, 24, 1, 3, 4, Positions.SINCOS);
    Weights w = new Weights(manager);
    VitWeights.initialize(w, fixed, 0.02, new Draw(1));
    VitWeights.train(w, fixed, false);

    assertThat(w.trained())
        .contains("cls_token")
        .doesNotContain("pos_embed", "patch_embed.proj.weight", "patch_embed.proj.bias");
  }

  private static double relativeError(float[] actual, float[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }

  private Features run(Attention wanted) {
    return Torch.withoutGradients(() -> transformer.forward(x, wanted));
  }

  private List<float[]> classTokenAndGradients(Attention wanted) {
    List<float[]> values = new ArrayList<>();
    try (Scope scope = new Scope()) {
      NDArray weighting = manager.create(new Draw(3).normal(5 * 24, 1), new Shape(5, 24));
      NDArray classToken = Torch.withGradients(() -> transformer.forward(x, wanted).classToken());
      values.add(classToken.toFloatArray());
      Ops.backward(Torch.withGradients(() -> classToken.mul(weighting).sum()), 1);
      for (NDArray trained : weights.get(weights.trained())) {
        NDArray gradient = trained.getGradient();
        values.add(gradient.toFloatArray());
        Torch.withoutGradients(() -> gradient.muli(0));
      }
    }
    return values;
  }
}
