package io.lodisc.model.image;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;

/** EXIF's eight ways of holding a camera. */
record Orientation(int value) {

  private static final int MOST_EXIF = 1 << 20;

  /** Upright where the file does not say, or says nonsense. */
  static Orientation of(byte[] exif) {
    if (exif == null || exif.length > MOST_EXIF) {
      return new Orientation(1);
    }
    try {
      Metadata metadata = new Metadata();
      new ExifReader().extract(new ByteArrayReader(exif), metadata);
      var directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
      Integer value =
          directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
      return new Orientation(value == null || value < 1 || value > 8 ? 1 : value);
    } catch (RuntimeException hostile) {
      return new Orientation(1);
    }
  }

  boolean swapsSides() {
    return value >= 5;
  }

  Picture upright(Picture stored) {
    if (value == 1) {
      return stored;
    }
    int width = swapsSides() ? stored.height() : stored.width();
    int height = swapsSides() ? stored.width() : stored.height();
    byte[] rgb = new byte[stored.rgb().length];
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = 3 * source(x, y, stored.width(), stored.height());
        rgb[to++] = stored.rgb()[from];
        rgb[to++] = stored.rgb()[from + 1];
        rgb[to++] = stored.rgb()[from + 2];
      }
    }
    return new Picture(width, height, rgb);
  }

  private int source(int x, int y, int width, int height) {
    int right = width - 1;
    int bottom = height - 1;
    return switch (value) {
      case 2 -> y * width + right - x;
      case 3 -> (bottom - y) * width + right - x;
      case 4 -> (bottom - y) * width + x;
      case 5 -> x * width + y;
      case 6 -> (bottom - x) * width + y;
      case 7 -> (bottom - x) * width + right - y;
      case 8 -> x * width + right - y;
      default -> y * width + x;
    };
  }
}
