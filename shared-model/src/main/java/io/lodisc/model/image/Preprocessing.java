package io.lodisc.model.image;

import java.util.Arrays;
import java.util.List;

/**
 * How a picture becomes the model's input.
 *
 * @param size side of the square input, pixels
 * @param resize {@code pad}: the long side becomes size and white fills up the square, so the whole
 *     picture is seen; {@code crop}: the short side becomes size and the centre is cut out
 * @param mean of red, green and blue, of values in 0..1
 * @param std of red, green and blue, of values in 0..1
 */
public record Preprocessing(int size, String resize, List<Double> mean, List<Double> std) {

  public Preprocessing {
    if (size < 1) {
      throw new IllegalArgumentException("the input's size must be at least 1, not " + size);
    }
    if (!"pad".equals(resize) && !"crop".equals(resize)) {
      throw new IllegalArgumentException("resize must be pad or crop, not " + resize);
    }
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != 3 || std.size() != 3 || std.stream().anyMatch(s -> !(s > 0))) {
      throw new IllegalArgumentException(
          "mean and std need three values each, std above 0, not " + mean + " and " + std);
    }
  }

  /** The whole picture on white, normalised by ImageNet's colours. */
  public static Preprocessing imagenet(int size) {
    return new Preprocessing(
        size, "pad", List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
  }

  /** 3 x size x size, channels first, normalised. */
  public float[] apply(Picture picture) {
    return resize.equals("pad") ? pad(picture) : crop(picture);
  }

  private float[] pad(Picture picture) {
    double scale = (double) size / Math.max(picture.width(), picture.height());
    int width = scaled(picture.width(), scale);
    int height = scaled(picture.height(), scale);
    float[] pixels =
        Resampler.resize(picture, 0, 0, picture.width(), picture.height(), width, height);
    return normalised(pixels, width, height);
  }

  private float[] crop(Picture picture) {
    double side = Math.min(picture.width(), picture.height());
    double x = (picture.width() - side) / 2;
    double y = (picture.height() - side) / 2;
    return normalised(Resampler.resize(picture, x, y, side, side, size, size), size, size);
  }

  private int scaled(int side, double scale) {
    return Math.clamp(Math.round(side * scale), 1, size);
  }

  private float[] normalised(float[] pixels, int width, int height) {
    float[] input = new float[3 * size * size];
    int left = (size - width) / 2;
    int top = (size - height) / 2;
    for (int c = 0; c < 3; c++) {
      double m = mean.get(c);
      double s = std.get(c);
      int plane = c * size * size;
      Arrays.fill(input, plane, plane + size * size, (float) ((1 - m) / s));
      for (int y = 0; y < height; y++) {
        int to = plane + (top + y) * size + left;
        int from = y * width * 3 + c;
        for (int x = 0; x < width; x++) {
          input[to + x] = (float) ((pixels[from + 3 * x] / 255.0 - m) / s);
        }
      }
    }
    return input;
  }
}
