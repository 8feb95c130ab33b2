package io.lodisc.model.image;

import java.util.Arrays;

final class WebpContainer implements Container {

  private static final int FIRST_CHUNK = 12;

  @Override
  public String mediaType() {
    return "image/webp";
  }

  @Override
  public String format() {
    return "webp";
  }

  @Override
  public boolean matches(Bytes file) {
    return file.has(0, "RIFF") && file.has(8, "WEBP");
  }

  /** The largest that any part announces: a canvas and its frame may contradict each other. */
  @Override
  public Size size(Bytes file) {
    Size size = null;
    long end = Math.min(file.length(), end(file));
    for (long at = FIRST_CHUNK; at + 8 <= end; at = next(file, at)) {
      size = larger(size, chunk(file, at));
      if (file.has(at, "ANMF") && at + 32 <= end) {
        size = larger(size, chunk(file, at + 24));
      }
    }
    if (size == null) {
      file.need(0, end(file));
      throw Bytes.broken("the WebP holds no picture");
    }
    return size;
  }

  @Override
  public void complete(Bytes file) {
    long end = end(file);
    file.need(0, end);
    boolean data = false;
    for (long at = FIRST_CHUNK; at + 8 <= end; at = next(file, at)) {
      data |= file.has(at, "VP8 ") || file.has(at, "VP8L") || file.has(at, "ANMF");
      file.need(at + 8, file.le32(at + 4));
    }
    if (!data) {
      throw Bytes.truncated("the WebP has no picture data");
    }
  }

  @Override
  public byte[] exif(Bytes file) {
    long end = Math.min(file.length(), end(file));
    for (long at = FIRST_CHUNK; at + 8 <= end; at = next(file, at)) {
      if (file.has(at, "EXIF") && at + 8 + file.le32(at + 4) <= end) {
        long from = file.has(at + 8, "Exif\0\0") ? at + 14 : at + 8;
        return Arrays.copyOfRange(file.file(), (int) from, (int) (at + 8 + file.le32(at + 4)));
      }
    }
    return null;
  }

  private static Size chunk(Bytes file, long at) {
    return switch (file.ascii(at, 4)) {
      case "VP8X" -> new Size(file.le24(at + 12) + 1, file.le24(at + 15) + 1);
      case "VP8 " -> new Size(file.le16(at + 14) & 0x3fff, file.le16(at + 16) & 0x3fff);
      case "VP8L" -> {
        long bits = file.le32(at + 9);
        yield new Size((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
      }
      default -> null;
    };
  }

  private static Size larger(Size a, Size b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return new Size(Math.max(a.width(), b.width()), Math.max(a.height(), b.height()));
  }

  private static long end(Bytes file) {
    return file.le32(4) + 8;
  }

  private static long next(Bytes file, long at) {
    long length = file.le32(at + 4);
    return at + 8 + length + (length & 1);
  }
}
