package io.lodisc.model.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Features;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BackboneTest {

  private NDManager manager;

  @BeforeEach
  void start() {
    Torch.start();
    manager = Torch.manager();
  }

  @AfterEach
  void free() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({
    "vit-ti/16, 224, 16, 192, 3",
    "vit-s/16, 224, 16, 384, 12",
    "ViT-S6/8, 96, 8, 384, 6",
    "vit-b/14, 518, 14, 768, 12",
    "vit-b/32, 224, 32, 768, 12"
  })
  void hasTheSizesThatItsNameStandsFor(
      String name, int imageSize, int patch, int width, int heads) {
    assertThat(Backbone.named(name).at(imageSize, Positions.LEARNED))
        .isEqualTo(new Architecture(imageSize, patch, width, 12, heads, 4, Positions.LEARNED));
  }

  /**
   * Parameters at 224 pixels as timm counts them (vit_tiny_patch16_224 and so on; torchvision has
   * the same of its vit_b_16 and vit_b_32), with a classifier of D weights and a bias for each of
   * the 1000 classes of ImageNet.
   */
  @ParameterizedTest
  @CsvSource({
    "vit-ti/16, 5717416",
    "vit-s/16, 22050664",
    "vit-s6/16, 22050664",
    "vit-s/32, 22878952",
    "vit-b/16, 86567656",
    "vit-b/32, 88224232"
  })
  void hasTheParametersThatTimmCountsButForTheClassifier(String name, long timm) {
    Architecture a = Backbone.named(name).at(224, Positions.LEARNED);
    Weights weights = weights(a);

    long[] parameters = {0};
    weights.forEach((tensor, array) -> parameters[0] += array.size());

    assertThat(parameters[0]).isEqualTo(timm - 1000L * (a.width() + 1));
  }

  @ParameterizedTest
  @MethodSource("names")
  void runsForwardAndTellsPicturesApart(String name) {
    Backbone backbone = Backbone.named(name);
    Architecture a = backbone.at(2 * backbone.patch(), Positions.SINCOS);
    VisionTransformer transformer = new VisionTransformer(a, weights(a), Kernel.FUSED);

    float[] one = classToken(transformer, a, 1);
    float[] other = classToken(transformer, a, 2);

    assertThat(one).hasSize(a.width());
    for (float value : one) {
      assertThat(value).isFinite();
    }
    assertThat(other).isNotEqualTo(one);
  }

  static List<String> names() {
    return Backbone.names();
  }

  private Weights weights(Architecture a) {
    Weights weights = new Weights(manager);
    VitWeights.initialize(weights, a, 0.02, new Draw(1));
    return weights;
  }

  private float[] classToken(VisionTransformer transformer, Architecture a, long seed) {
    int side = a.imageSize();
    NDArray x =
        manager.create(new Draw(seed).normal(3 * side * side, 1), new Shape(1, 3, side, side));
    Features features = Torch.withoutGradients(() -> transformer.forward(x, Attention.CLASS_TOKEN));
    assertThat(features.classToken().getShape()).isEqualTo(new Shape(1, a.width()));
    assertThat(features.attention())
        .hasSize(12)
        .allMatch(row -> row.getShape().equals(new Shape(1, a.heads(), 1, 1 + 4)));
    return features.classToken().toFloatArray();
  }

  @Test
  void thereAreFourSizesAtFourPatches() {
    assertThat(Backbone.names()).hasSize(16).contains("vit-ti/8", "vit-s/14", "vit-b/32");
  }

  @Test
  void anUnknownNameIsToldBesideTheKnownOnes() {
    assertThatThrownBy(() -> Backbone.named("vit-l/16"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'vit-l/16'", "vit-ti/8", "vit-b/32");
  }

  @Test
  void patchesMustDivideThePicture() {
    assertThatThrownBy(() -> Backbone.named("vit-s/14").at(225, Positions.LEARNED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("patch must divide imageSize");
  }
}
