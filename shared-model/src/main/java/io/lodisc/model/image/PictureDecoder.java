package io.lodisc.model.image;

import io.lodisc.model.image.Container.Size;
import io.lodisc.model.image.PictureException.Reason;
import java.util.function.Function;

/** Decodes hostile uploads: PNG, JPEG, WebP, GIF and BMP, bounded by what the header says. */
public final class PictureDecoder {

  /**
   * @param maxBytes of the encoded file
   * @param maxSide pixels of width or height
   * @param maxPixels width x height
   */
  public record Limits(long maxBytes, int maxSide, long maxPixels) {
    public static final Limits DEFAULT = new Limits(32L << 20, 16_384, 64_000_000L);
  }

  /**
   * @param mediaType such as image/png
   * @param width pixels as shown, after EXIF orientation
   * @param height pixels as shown, after EXIF orientation
   */
  public record Header(String mediaType, int width, int height) {}

  private PictureDecoder() {}

  /**
   * Reads the header alone.
   *
   * @throws PictureException if the file is none of the formats or beyond the limits
   */
  public static Header inspect(byte[] file, Limits limits) {
    Bytes bytes = new Bytes(file);
    Container container = container(bytes, limits);
    Size size = size(container, bytes, limits);
    boolean swap = Orientation.of(container.exif(bytes)).swapsSides();
    return new Header(
        container.mediaType(),
        (int) (swap ? size.height() : size.width()),
        (int) (swap ? size.width() : size.height()));
  }

  /**
   * Reads the header and walks the file's structure to its end, decoding no pixel: what is cut off
   * is found, damage inside compressed pixels mostly is not.
   *
   * @throws PictureException if the file is no whole picture or beyond the limits
   */
  public static Header check(byte[] file, Limits limits) {
    Header header = inspect(file, limits);
    Bytes bytes = new Bytes(file);
    Container.of(bytes).complete(bytes);
    return header;
  }

  /**
   * Decodes to RGB: EXIF orientation applied, transparency over white, metadata dropped. Of an
   * animation, the first frame.
   *
   * @throws PictureException if the file is no whole picture or beyond the limits
   */
  public static Picture decode(byte[] file, Limits limits) {
    return decode(file, limits, _ -> null);
  }

  /**
   * Decodes in the same way, but leaves ordinary JPEGs (8 bits, baseline or progressive, grey or of
   * three colours) to another decoder once their header, size and completeness are checked.
   *
   * @param jpegs from the file to its pixels as stored, before EXIF orientation; null where it
   *     cannot
   * @throws PictureException if the file is no whole picture or beyond the limits
   */
  public static Picture decode(byte[] file, Limits limits, Function<byte[], Picture> jpegs) {
    Bytes bytes = new Bytes(file);
    Container container = container(bytes, limits);
    Size size = size(container, bytes, limits);
    container.complete(bytes);
    Picture stored = null;
    if (container instanceof JpegContainer jpeg && jpeg.ordinary(bytes)) {
      stored = jpegs.apply(file);
    }
    if (stored == null || stored.width() != size.width() || stored.height() != size.height()) {
      stored = PixelReader.read(container, bytes, (int) size.width(), (int) size.height());
    }
    return Orientation.of(container.exif(bytes)).upright(stored);
  }

  private static Container container(Bytes file, Limits limits) {
    if (file.length() > limits.maxBytes()) {
      throw tooLarge(
          "the file has %d bytes, more than the %d allowed"
              .formatted(file.length(), limits.maxBytes()));
    }
    return Container.of(file);
  }

  private static Size size(Container container, Bytes file, Limits limits) {
    Size size = container.size(file);
    if (size.width() < 1 || size.height() < 1) {
      throw Bytes.broken("the header says %d x %d pixels".formatted(size.width(), size.height()));
    }
    if (Math.max(size.width(), size.height()) > limits.maxSide()) {
      throw tooLarge(
          "the picture is %d x %d pixels, and a side may have %d"
              .formatted(size.width(), size.height(), limits.maxSide()));
    }
    if (size.width() * size.height() > limits.maxPixels()) {
      throw tooLarge(
          "the picture is %d x %d pixels, more than the %d allowed"
              .formatted(size.width(), size.height(), limits.maxPixels()));
    }
    return size;
  }

  private static PictureException tooLarge(String message) {
    return new PictureException(Reason.TOO_LARGE, message, null);
  }
}
