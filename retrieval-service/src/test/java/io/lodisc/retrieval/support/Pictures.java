package io.lodisc.retrieval.support;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Files to upload, sound and broken. */
public final class Pictures {

  public static final byte[] RED = png(255, 0, 0);
  public static final byte[] ORANGE = png(255, 128, 0);
  public static final byte[] YELLOW = png(255, 255, 0);
  public static final byte[] GREEN = png(0, 255, 0);
  public static final byte[] BLUE = png(0, 0, 255);

  private Pictures() {}

  /** A PNG of one colour, 24 x 16 pixels. */
  public static byte[] png(int red, int green, int blue) {
    BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(new Color(red, green, blue));
    pen.fillRect(0, 0, 24, 16);
    pen.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A PNG that ends in the middle of its pixels. */
  public static byte[] truncated() {
    return Arrays.copyOf(RED, RED.length - 30);
  }

  /** A PNG of some bytes whose header promises 60000 x 60000 pixels. */
  public static byte[] huge() {
    byte[] file = RED.clone();
    ByteBuffer buffer = ByteBuffer.wrap(file);
    buffer.putInt(16, 60_000);
    buffer.putInt(20, 60_000);
    CRC32 sum = new CRC32();
    sum.update(file, 12, 17);
    buffer.putInt(29, (int) sum.getValue());
    return file;
  }

  /** A zip of files, by path. */
  public static byte[] zip(Map<String, byte[]> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
