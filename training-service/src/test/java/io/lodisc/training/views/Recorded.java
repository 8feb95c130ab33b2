package io.lodisc.training.views;

import io.lodisc.model.image.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;

/** What make.py recorded from torchvision and PIL. */
final class Recorded {

  private Recorded() {}

  /** Reads a PNG apart from the code under test. */
  static Picture picture(String name) {
    try (InputStream in = Recorded.class.getResourceAsStream("/views/" + name)) {
      var raster = ImageIO.read(in).getRaster();
      int[] samples = raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
      byte[] rgb = new byte[samples.length];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) samples[i];
      }
      return new Picture(raster.getWidth(), raster.getHeight(), rgb);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** 0xRRGGBB. */
  static int[] pixels(Picture picture) {
    int[] pixels = new int[picture.width() * picture.height()];
    for (int i = 0; i < pixels.length; i++) {
      for (int c = 0; c < 3; c++) {
        pixels[i] = pixels[i] << 8 | picture.rgb()[3 * i + c] & 0xff;
      }
    }
    return pixels;
  }

  /** The lines of a CSV file, split at commas. */
  static List<String[]> lines(String name) {
    try (InputStream in = Recorded.class.getResourceAsStream("/views/" + name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.split(",", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The largest difference of any channel, in grey levels. */
  static int farthest(int[] pixels, int[] expected) {
    if (pixels.length != expected.length) {
      throw new AssertionError(pixels.length + " pixels, not " + expected.length);
    }
    int farthest = 0;
    for (int i = 0; i < pixels.length; i++) {
      for (int bits = 0; bits <= 16; bits += 8) {
        int difference = (pixels[i] >> bits & 0xff) - (expected[i] >> bits & 0xff);
        farthest = Math.max(farthest, Math.abs(difference));
      }
    }
    return farthest;
  }
}
