package io.lodisc.model.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.image.PictureDecoder.Header;
import io.lodisc.model.image.PictureDecoder.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDecoderTest {

  // Lossy WebP: colour has half the resolution, and steep ramps show how it is scaled up.
  @ParameterizedTest
  @CsvSource({
    "alpha.png, 0",
    "grey-alpha.png, 0",
    "grey.png, 0",
    "grey16.png, 0",
    "one-bit.png, 0",
    "palette.png, 0",
    "colour-key.png, 0",
    "palette.gif, 0",
    "plain.bmp, 0",
    "palette.bmp, 0",
    "lossless.webp, 0",
    "alpha.webp, 0",
    "animated.webp, 0",
    "lossy.webp, 16",
    "grey.jpg, 3",
    "progressive.jpg, 4",
    "cmyk.jpg, 4",
  })
  void decodesLikePillow(String name, int tolerance) {
    Picture picture = PictureDecoder.decode(Fixture.bytes(name), Limits.DEFAULT);

    assertThat(picture.width()).isEqualTo(24);
    assertThat(picture.height()).isEqualTo(16);
    assertThat(Fixture.farthest(picture, Fixture.pixels(name + ".expected.png")))
        .isLessThanOrEqualTo(tolerance);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orientation-1.jpg",
        "orientation-2.jpg",
        "orientation-3.jpg",
        "orientation-4.jpg",
        "orientation-5.jpg",
        "orientation-6.jpg",
        "orientation-7.jpg",
        "orientation-8.jpg",
        "orientation-6.png",
        "orientation-6.webp"
      })
  void turnsTheCameraUpright(String name) {
    byte[] file = Fixture.bytes(name);

    Picture picture = PictureDecoder.decode(file, Limits.DEFAULT);

    assertThat(Fixture.farthest(picture, Fixture.pixels("upright.expected.png"))).isLessThan(5);
    String type = "image/" + name.substring(name.indexOf('.') + 1).replace("jpg", "jpeg");
    assertThat(PictureDecoder.inspect(file, Limits.DEFAULT)).isEqualTo(new Header(type, 24, 16));
  }

  @Test
  void placesAFrameThatIsSmallerThanItsCanvas() {
    byte[] gif = Fixture.bytes("palette.gif");
    gif[6] = 40; // the canvas: 40 x 20 around a frame of 24 x 16
    gif[8] = 20;

    Picture picture = PictureDecoder.decode(gif, Limits.DEFAULT);

    assertThat(picture.width()).isEqualTo(40);
    assertThat(picture.height()).isEqualTo(20);
    assertThat(picture.rgb()[3 * 39]).isEqualTo((byte) 255);
    assertThat(picture.rgb()[3 * 40 * 19]).isEqualTo((byte) 255);
    assertThat(picture.rgb()[1]).isNotEqualTo((byte) 255);
  }
}
