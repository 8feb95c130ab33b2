package io.lodisc.training.support;

import io.lodisc.model.image.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Test resources: pictures, and what other programs made of them. */
public final class Recorded {

  private Recorded() {}

  public static byte[] bytes(String name) {
    try (InputStream in = Recorded.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads an 8-bit RGB PNG apart from the code under test. */
  public static Picture picture(String name) {
    try (InputStream in = Recorded.class.getResourceAsStream(name)) {
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

  /** The largest difference of any value, in grey levels. */
  public static int farthest(Picture picture, Picture expected) {
    if (picture.width() != expected.width() || picture.height() != expected.height()) {
      throw new AssertionError(picture.width() + " x " + picture.height() + " pixels");
    }
    int farthest = 0;
    for (int i = 0; i < expected.rgb().length; i++) {
      int difference = (picture.rgb()[i] & 0xff) - (expected.rgb()[i] & 0xff);
      farthest = Math.max(farthest, Math.abs(difference));
    }
    return farthest;
  }
}
