package io.lodisc.model.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** The pictures that make.py wrote, and what they should look like. */
final class Fixture {

  private Fixture() {}

  static byte[] bytes(String name) {
    try (InputStream in = Fixture.class.getResourceAsStream("/pictures/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** RGB of an 8-bit PNG without alpha, read apart from the code under test. */
  static int[] pixels(String name) {
    try (InputStream in = Fixture.class.getResourceAsStream("/pictures/" + name)) {
      var raster = ImageIO.read(in).getRaster();
      return raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int farthest(Picture picture, int[] expected) {
    if (picture.rgb().length != expected.length) {
      throw new AssertionError(picture.rgb().length + " values, not " + expected.length);
    }
    int farthest = 0;
    for (int i = 0; i < expected.length; i++) {
      farthest = Math.max(farthest, Math.abs((picture.rgb()[i] & 0xff) - expected[i]));
    }
    return farthest;
  }
}
