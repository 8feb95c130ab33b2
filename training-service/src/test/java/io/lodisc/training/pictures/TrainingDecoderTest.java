package io.lodisc.training.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.PictureDecoder;
import io.lodisc.model.image.PictureDecoder.Limits;
import io.lodisc.model.image.PictureException;
import io.lodisc.training.support.Recorded;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingDecoderTest {

  private static final int ANY = Integer.MAX_VALUE;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baseline",
        "progressive",
        "full-colour",
        "half-colour",
        "grey",
        "orientation-2",
        "orientation-3",
        "orientation-4",
        "orientation-5",
        "orientation-6",
        "orientation-7",
        "orientation-8"
      })
  void anOrdinaryJpegHasPilsPixelsAndNearlyThoseOfServing(String name) {
    byte[] file = Recorded.bytes("/jpegs/" + name + ".jpg");

    Picture picture = TrainingDecoder.decode(file, ANY);

    assertThat(OpenCv.jpeg(file)).isNotNull();
    assertThat(Recorded.farthest(picture, Recorded.picture("/jpegs/" + name + ".expected.png")))
        .isZero();
    assertThat(Recorded.farthest(picture, PictureDecoder.decode(file, Limits.DEFAULT)))
        .isLessThanOrEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jpegs/cmyk.jpg", "/views/photo.png"})
  void whatIsNoOrdinaryJpegIsDecodedAsInServing(String name) {
    byte[] file = Recorded.bytes(name);

    assertThat(TrainingDecoder.decode(file, ANY).rgb())
        .containsExactly(PictureDecoder.decode(file, Limits.DEFAULT).rgb());
  }

  @Test
  void aJpegThatIsCutOffIsRefused() {
    byte[] whole = Recorded.bytes("/jpegs/baseline.jpg");

    for (int length = 16; length < whole.length; length += 7) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> TrainingDecoder.decode(part, ANY))
          .isInstanceOf(PictureException.class)
          .hasMessageContaining("cut off");
    }
  }

  @Test
  void aDamagedJpegIsDecodedOrRefusedAndNothingElse() {
    Random random = new Random(2);
    byte[] whole = Recorded.bytes("/jpegs/progressive.jpg");
    for (int round = 0; round < 60; round++) {
      byte[] hurt = whole.clone();
      for (int i = 0; i <= round % 4; i++) {
        hurt[random.nextInt(hurt.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(TrainingDecoder.decode(hurt, 40).rgb()).isNotEmpty();
      } catch (PictureException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void aPictureIsShrunkToItsShortSideAndNoFurther() {
    byte[] wide = Recorded.bytes("/views/photo.png");
    byte[] tall = Recorded.bytes("/jpegs/orientation-6.jpg");

    assertThat(size(TrainingDecoder.decode(wide, 47))).containsExactly(61, 47);
    assertThat(size(TrainingDecoder.decode(wide, 20))).containsExactly(26, 20);
    assertThat(size(TrainingDecoder.decode(tall, 20))).containsExactly(20, 26);
  }

  private static int[] size(Picture picture) {
    return new int[] {picture.width(), picture.height()};
  }
}
