package io.lodisc.inference;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Small pictures that differ. */
final class Drawings {

  private Drawings() {}

  static byte[] png(int number) {
    BufferedImage image = new BufferedImage(48, 40, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(40 * number % 256, 255 - 70 * number % 256, 90));
    g.fillRect(4 + number % 20, 4, 12, 30);
    g.setColor(Color.ORANGE);
    g.fillOval(10, 5 + number % 30, 30, 12);
    g.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
