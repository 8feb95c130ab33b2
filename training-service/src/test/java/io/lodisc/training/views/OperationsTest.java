package io.lodisc.training.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.training.support.Recorded;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Each operation alone, against the pixels that torchvision and PIL made. */
class OperationsTest {

  @ParameterizedTest(name = "{1} of {0} by {2}")
  @CsvFileSource(resources = "/views/cases.csv", emptyValue = "")
  void givesThePixelsOfPil(String input, String operation, String arguments, String expected) {
    Picture picture = Recorded.picture("/views/" + input);
    double[] numbers =
        arguments == null
            ? new double[0]
            : Arrays.stream(arguments.split(" ")).mapToDouble(Double::parseDouble).toArray();

    int[] pixels = apply(operation, picture, numbers);

    int[] recorded = Packed.of(Recorded.picture("/views/" + expected));
    assertThat(Packed.farthest(pixels, recorded)).isZero();
  }

  @Test
  void aScalerAndABlurGiveTheSameAfterOtherSizes() {
    Picture photo = Recorded.picture("/views/photo.png");
    Picture narrow = Recorded.picture("/views/narrow.png");
    Scaler scaler = new Scaler();
    GaussianBlur blur = new GaussianBlur();
    scaler.scale(photo, new CropBox(0, 0, 61, 47), 40, 50, new int[2000]);
    blur.apply(Packed.of(photo), 61, 47, 7);
    scaler.scale(narrow, new CropBox(0, 0, 3, 17), 2, 3, new int[6]);

    int[] scaled = new int[16 * 16];
    scaler.scale(photo, new CropBox(0, 0, 61, 47), 16, 16, scaled);
    int[] blurred = Packed.of(narrow);
    blur.apply(blurred, 3, 17, 0.8);

    assertThat(scaled).containsExactly(recorded("photo-crop-0_0_61_47_16_16.png"));
    assertThat(blurred).containsExactly(recorded("narrow-blur-0.8.png"));
  }

  /** To a few units in the last place: the one division is made beforehand here. */
  @Test
  void everyLevelOfEveryChannelIsNormalisedAsByTorchvision() {
    int[] levels = recorded("levels.png");
    String recorded = new String(Recorded.bytes("/views/levels.csv"), StandardCharsets.UTF_8);
    List<double[]> rows =
        recorded
            .lines()
            .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
            .toList();
    assertThat(rows).hasSize(6);
    for (List<double[]> channels : List.of(rows.subList(0, 3), rows.subList(3, 6))) {
      float[] normalised = new float[1 + 3 * levels.length];

      new Views(ViewSettings.mocoV3(), preprocessing(channels)).normalise(levels, normalised, 1);

      for (int c = 0; c < 3; c++) {
        double[] expected = channels.get(c);
        for (int i = 0; i < levels.length; i++) {
          assertThat((double) normalised[1 + c * levels.length + i])
              .isCloseTo(expected[2 + i], within(2e-7 / expected[1]));
        }
      }
    }
  }

  private static Preprocessing preprocessing(List<double[]> channels) {
    return new Preprocessing(
        16,
        "crop",
        channels.stream().map(row -> row[0]).toList(),
        channels.stream().map(row -> row[1]).toList());
  }

  private static int[] recorded(String name) {
    return Packed.of(Recorded.picture("/views/" + name));
  }

  private static int[] apply(String operation, Picture picture, double[] numbers) {
    int width = picture.width();
    int height = picture.height();
    int[] pixels = Packed.of(picture);
    switch (operation) {
      case "crop" -> {
        int[] box = Arrays.stream(numbers).mapToInt(n -> (int) n).toArray();
        pixels = new int[box[4] * box[5]];
        CropBox crop = new CropBox(box[0], box[1], box[2], box[3]);
        new Scaler().scale(picture, crop, box[4], box[5], pixels);
      }
      case "brightness" -> Colours.brightness(pixels, (float) numbers[0]);
      case "contrast" -> Colours.contrast(pixels, (float) numbers[0]);
      case "saturation" -> Colours.saturation(pixels, (float) numbers[0]);
      case "hue" -> Hue.shift(pixels, numbers[0]);
      case "grayscale" -> Colours.grayscale(pixels);
      case "blur" -> new GaussianBlur().apply(pixels, width, height, numbers[0]);
      case "solarize" -> Colours.solarize(pixels);
      case "hflip" -> Views.flip(pixels, width);
      case "rotation" -> Rotation.apply(pixels, width, height, numbers[0]);
      default -> throw new AssertionError(operation);
    }
    return pixels;
  }
}
