package io.lodisc.training.evaluation;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Writes small pictures of classes that are told apart by stripes, and not easily. */
final class PictureFiles {

  private PictureFiles() {}

  /** So many pictures of each class, in PNG files. */
  static List<Labelled> write(Path folder, int classes, int each, long seed) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(seed);
    List<Labelled> pictures = new ArrayList<>();
    for (int i = 0; i < classes * each; i++) {
      int label = i % classes;
      Path file = folder.resolve(i + ".png");
      ImageIO.write(striped(label, random), "png", file.toFile());
      pictures.add(new Labelled(file, "class " + label, "p" + i));
    }
    return pictures;
  }

  static List<Labelled> withoutLabels(List<Labelled> pictures) {
    return pictures.stream().map(p -> new Labelled(p.file(), null, p.id())).toList();
  }

  private static BufferedImage striped(int label, Random random) {
    BufferedImage image = new BufferedImage(26, 22, BufferedImage.TYPE_INT_RGB);
    double phase = random.nextDouble() * 6;
    for (int y = 0; y < 22; y++) {
      for (int x = 0; x < 26; x++) {
        double stripe = Math.sin((label + 1) * (x + 0.4 * label * y) / 5.0 + phase);
        int r = level(128 + 50 * stripe + 12 * label, random);
        int g = level(110 - 30 * stripe, random);
        int b = level(150 - 14 * label, random);
        image.setRGB(x, y, r << 16 | g << 8 | b);
      }
    }
    return image;
  }

  private static int level(double value, Random random) {
    return (int) Math.clamp(value + 50 * random.nextGaussian(), 0, 255);
  }
}
