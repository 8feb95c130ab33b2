package io.lodisc.benchmarks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Makes JPEGs that cost as much to decode as photographs: gradients, shapes, noise. */
public final class Photos {

  private static final int WIDTH = 500;
  private static final int HEIGHT = 375;
  private static final float QUALITY = 0.9f;

  private Photos() {}

  /**
   * @param arguments a folder and how many pictures to make in it
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int count = Integer.parseInt(arguments[1]);
    for (int i = 0; i < count; i++) {
      write(draw(new Random(i)), folder.resolve("%04d.jpg".formatted(i)));
    }
  }

  private static BufferedImage draw(Random random) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setPaint(gradient(random));
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    for (int i = 0; i < 40; i++) {
      int size = 10 + random.nextInt(120);
      int x = random.nextInt(WIDTH) - size / 2;
      int y = random.nextInt(HEIGHT) - size / 2;
      graphics.setPaint(gradient(random));
      graphics.setStroke(new BasicStroke(1 + random.nextInt(5)));
      switch (i % 3) {
        case 0 -> graphics.fillOval(x, y, size, size);
        case 1 -> graphics.drawRoundRect(x, y, size, size / 2, 8, 8);
        default -> graphics.drawLine(x, y, random.nextInt(WIDTH), random.nextInt(HEIGHT));
      }
    }
    graphics.dispose();
    grain(picture, random);
    return picture;
  }

  private static GradientPaint gradient(Random random) {
    return new GradientPaint(
        random.nextInt(WIDTH),
        random.nextInt(HEIGHT),
        new Color(random.nextInt(1 << 24)),
        random.nextInt(WIDTH),
        random.nextInt(HEIGHT),
        new Color(random.nextInt(1 << 24)));
  }

  /** The noise of a sensor: three grey levels of standard deviation in each channel. */
  private static void grain(BufferedImage picture, Random random) {
    int[] row = new int[3 * WIDTH];
    for (int y = 0; y < HEIGHT; y++) {
      picture.getRaster().getPixels(0, y, WIDTH, 1, row);
      for (int i = 0; i < row.length; i++) {
        row[i] = Math.clamp(Math.round(row[i] + 3 * random.nextGaussian()), 0, 255);
      }
      picture.getRaster().setPixels(0, y, WIDTH, 1, row);
    }
  }

  private static void write(BufferedImage picture, Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(QUALITY);
    Files.deleteIfExists(file);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), parameters);
    } finally {
      writer.dispose();
    }
  }
}
