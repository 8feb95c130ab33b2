package io.lodisc.model.dataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small real picture files; the same seed gives the same bytes. */
final class Drawn {

  private Drawn() {}

  static Path jpeg(Path file, long seed) {
    return write(file, encoded(BufferedImage.TYPE_INT_RGB, "jpg", seed));
  }

  /** With one channel, as a few of CUB's and many of Caltech's are. */
  static Path greyJpeg(Path file, long seed) {
    return write(file, encoded(BufferedImage.TYPE_BYTE_GRAY, "jpg", seed));
  }

  static Path png(Path file, long seed) {
    return write(file, encoded(BufferedImage.TYPE_INT_RGB, "png", seed));
  }

  static Path truncate(Path file) {
    try {
      byte[] whole = Files.readAllBytes(file);
      return Files.write(file, Arrays.copyOf(whole, whole.length * 2 / 3));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] encoded(int type, String format, long seed) {
    Random random = new Random(seed);
    BufferedImage picture = new BufferedImage(12, 10, type);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        picture.setRGB(x, y, random.nextInt());
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
