package io.lodisc.model.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.model.vit.Architecture.Positions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackboneTest {

  @ParameterizedTest
  @CsvSource({
    "vit-ti/16, 224, 16, 192, 3, 5524416",
    "vit-s/16, 224, 16, 384, 12, 21665664",
    "ViT-S6/8, 96, 8, 384, 6, 21424512",
    "vit-b/16, 224, 16, 768, 12, 85798656",
    "vit-b/14, 518, 14, 768, 12, 86561280",
    "vit-b/32, 224, 32, 768, 12, 87455232"
  })
  void hasTheSizesThatItsNameStandsFor(
      String name, int imageSize, int patch, int width, int heads, long parameters) {
    Architecture a = Backbone.named(name).at(imageSize, Positions.LEARNED);

    assertThat(a)
        .isEqualTo(new Architecture(imageSize, patch, width, 12, heads, 4, Positions.LEARNED));
    long d = width;
    long block = 12 * d * d + 13 * d;
    long outside = d + (1 + a.patches()) * d + (3L * patch * patch + 1) * d + 2 * d;
    assertThat(12 * block + outside).isEqualTo(parameters);
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
