package io.lodisc.training.support;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Makes small picture sets. */
public final class Pictures {

  private Pictures() {}

  /** A folder of that many noisy PNGs, in the two classes {@code even} and {@code odd}. */
  public static Path folder(Path folder, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve(i % 2 == 0 ? "even" : "odd").resolve(i + ".png");
      Files.createDirectories(file.getParent());
      png(file, i);
    }
    return folder;
  }

  public static void png(Path file, long seed) throws IOException {
    Random random = new Random(seed);
    BufferedImage picture = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        picture.setRGB(x, y, random.nextInt());
      }
    }
    ImageIO.write(picture, "png", file.toFile());
  }

  /** A zip of these entries. */
  public static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return file;
  }
}
