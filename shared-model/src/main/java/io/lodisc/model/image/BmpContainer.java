package io.lodisc.model.image;

import java.util.Set;

final class BmpContainer implements Container {

  private static final Set<Long> HEADERS = Set.of(12L, 40L, 52L, 56L, 64L, 108L, 124L);
  private static final int RAW = 0;
  private static final int BIT_FIELDS = 3;
  private static final int EMBEDDED_JPEG = 4;

  @Override
  public String mediaType() {
    return "image/bmp";
  }

  @Override
  public String format() {
    return "bmp";
  }

  @Override
  public boolean matches(Bytes file) {
    return file.has(0, "BM");
  }

  @Override
  public Size size(Bytes file) {
    if (!HEADERS.contains(file.le32(14))) {
      throw Bytes.broken("the file begins like a BMP but has none of its headers");
    }
    if (old(file)) {
      return new Size(file.le16(18), file.le16(20));
    }
    if (compression(file) >= EMBEDDED_JPEG) {
      throw Bytes.broken("the BMP wraps another format");
    }
    return new Size((int) file.le32(18), Math.abs((long) (int) file.le32(22)));
  }

  @Override
  public void complete(Bytes file) {
    Size size = size(file);
    long data = file.le32(10);
    int bits = file.le16(old(file) ? 24 : 28);
    long compression = compression(file);
    if (compression == RAW || compression == BIT_FIELDS) {
      long row = (size.width() * bits + 31) / 32 * 4;
      file.need(data, row * size.height());
    } else {
      file.need(data, file.le32(34));
    }
  }

  private static boolean old(Bytes file) {
    return file.le32(14) == 12;
  }

  private static long compression(Bytes file) {
    return old(file) ? RAW : file.le32(30);
  }
}
