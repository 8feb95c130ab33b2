package io.lodisc.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.lodisc.model.image.PictureDecoder.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

  private final Picture noise = PictureDecoder.decode(Fixture.bytes("noise.png"), Limits.DEFAULT);

  @ParameterizedTest
  @CsvSource({"0,0,53,37,16,16", "5,3,31,30,12,7", "10,8,6,5,20,24", "0,0,53,37,1,1"})
  void scalesLikePillow(int x, int y, int width, int height, int outWidth, int outHeight) {
    float[] scaled = Resampler.resize(noise, x, y, width, height, outWidth, outHeight);

    int[] expected =
        Fixture.pixels(
            "noise-%d-%d-%d-%d-%d-%d.png".formatted(x, y, width, height, outWidth, outHeight));
    assertThat(scaled).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(scaled[i]).isCloseTo(expected[i], within(1f));
    }
  }

  @Test
  void keepsPixelsWhereNothingIsScaled() {
    float[] same = Resampler.resize(noise, 0, 0, 53, 37, 53, 37);

    for (int i = 0; i < same.length; i++) {
      assertThat(same[i]).isCloseTo(noise.rgb()[i] & 0xff, within(1e-3f));
    }
  }

  @Test
  void weighsAFractionalBox() {
    Picture ramp = new Picture(4, 1, new byte[] {0, 0, 0, 10, 10, 10, 20, 20, 20, 30, 30, 30});

    float[] scaled = Resampler.resize(ramp, 0.5, 0, 3, 1, 3, 1);

    assertThat(scaled[0]).isCloseTo(5, within(1e-4f));
    assertThat(scaled[3]).isCloseTo(15, within(1e-4f));
    assertThat(scaled[6]).isCloseTo(25, within(1e-4f));
  }

  @Test
  void takesATinyBoxAtTheEdge() {
    float[] scaled = Resampler.resize(noise, 52.75, 36.75, 0.25, 0.25, 2, 2);

    int corner = noise.rgb()[noise.rgb().length - 1] & 0xff;
    assertThat(scaled[11]).isCloseTo(corner, within(1e-3f));
  }

  @Test
  void refusesABoxOutsideThePicture() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Resampler.resize(noise, 50, 0, 10, 10, 4, 4));
  }
}
