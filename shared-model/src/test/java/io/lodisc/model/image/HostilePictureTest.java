package io.lodisc.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lodisc.model.image.PictureDecoder.Limits;
import io.lodisc.model.image.PictureException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostilePictureTest {

  private static final String[] ALL = {
    "alpha.png", "colour-key.png", "progressive.jpg", "cmyk.jpg", "grey.jpg", "lossy.webp",
    "lossless.webp", "alpha.webp", "animated.webp", "palette.gif", "plain.bmp", "palette.bmp"
  };

  @Test
  void refusesAHugeHeaderWithoutDecoding() {
    byte[] png = Fixture.bytes("alpha.png");
    sized(png, 50_000, 50_000);

    PictureException refused = refused(png);

    assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(refused).hasMessageContaining("50000 x 50000").hasMessageContaining("16384");
  }

  @Test
  void refusesTooManyPixelsWithinTheSides() {
    byte[] png = Fixture.bytes("alpha.png");
    sized(png, 16_000, 16_000);

    assertThat(refused(png)).hasMessageContaining("64000000");
    assertThat(refused(png).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void refusesAWebpWhoseFrameIsLargerThanItsCanvas() {
    byte[] webp = Fixture.bytes("animated.webp");
    int frame = new String(webp, StandardCharsets.ISO_8859_1).indexOf("VP8L");
    ByteBuffer.wrap(webp).put(frame + 9, new byte[] {-1, -1, -1, 0x0f});

    assertThat(refused(webp).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(refused(webp)).hasMessageContaining("16384 x 16384");
  }

  @Test
  void refusesTooManyBytes() {
    PictureException refused =
        catchThrowableOfType(
            PictureException.class,
            () -> PictureDecoder.decode(Fixture.bytes("noise.png"), new Limits(100, 99, 9999)));

    assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(refused).hasMessageContaining("more than the 100 allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alpha.png",
        "progressive.jpg",
        "grey.jpg",
        "cmyk.jpg",
        "lossy.webp",
        "alpha.webp",
        "animated.webp",
        "palette.gif",
        "plain.bmp",
        "palette.bmp"
      })
  void saysThatAFileIsCutOffWhereverItEnds(String name) {
    byte[] whole = Fixture.bytes(name);
    for (int length = 16; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThat(refused(part).reason()).as("%s at %d", name, length).isEqualTo(Reason.TRUNCATED);
    }
  }

  @Test
  void noticesThatPixelsAreMissingBeforeTheEnd() {
    byte[] jpeg = Fixture.bytes("orientation-1.jpg");
    byte[] part = Arrays.copyOf(jpeg, jpeg.length - 150);
    part[part.length - 2] = (byte) 0xff;
    part[part.length - 1] = (byte) 0xd9;

    assertThat(refused(part).reason()).isEqualTo(Reason.TRUNCATED);
  }

  @Test
  void noticesADamagedPng() {
    byte[] png = Fixture.bytes("noise.png");
    png[png.length / 2] ^= 1;

    assertThat(refused(png).reason()).isEqualTo(Reason.TRUNCATED);
    assertThat(refused(png)).hasMessageContaining("checksum of its IDAT");
  }

  @Test
  void keepsAJpegWithBytesAfterItsEnd() {
    byte[] jpeg = Fixture.bytes("grey.jpg");

    Picture picture = PictureDecoder.decode(Arrays.copyOf(jpeg, jpeg.length + 99), Limits.DEFAULT);

    assertThat(picture.width()).isEqualTo(24);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hello, I am a text", "BMW makes cars and this is a text", "%PDF-1.7"})
  void refusesWhatIsNoPicture(String text) {
    PictureException refused = refused(text.getBytes(StandardCharsets.UTF_8));

    assertThat(refused.reason()).isEqualTo(Reason.NOT_A_PICTURE);
    assertThat(refused.getMessage()).isNotBlank();
  }

  @Test
  void answersOnlyWithItsOwnExceptionToAnyBytes() {
    Random random = new Random(1);
    for (String name : ALL) {
      byte[] whole = Fixture.bytes(name);
      for (int round = 0; round < 150; round++) {
        byte[] hurt = whole.clone();
        for (int i = 0; i < 1 + round % 4; i++) {
          hurt[random.nextInt(hurt.length)] = (byte) random.nextInt();
        }
        decodeOrRefuse(name, hurt);
      }
    }
  }

  private static void decodeOrRefuse(String name, byte[] file) {
    try {
      PictureDecoder.decode(file, new Limits(1 << 20, 4096, 1 << 20));
    } catch (PictureException expected) {
      assertThat(expected.getMessage()).as(name).isNotBlank();
    }
  }

  private static PictureException refused(byte[] file) {
    PictureException refused =
        catchThrowableOfType(
            PictureException.class, () -> PictureDecoder.decode(file, Limits.DEFAULT));
    assertThat(refused).as("a refusal").isNotNull();
    return refused;
  }

  private static void sized(byte[] png, int width, int height) {
    ByteBuffer header = ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
  }
}
