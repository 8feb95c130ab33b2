package io.lodisc.model.image;

final class GifContainer implements Container {

  private static final int FIRST_BLOCK = 13;

  /** Where a frame lies on the canvas. */
  record Frame(int x, int y, int width, int height) {}

  @Override
  public String mediaType() {
    return "image/gif";
  }

  @Override
  public String format() {
    return "gif";
  }

  @Override
  public boolean matches(Bytes file) {
    return file.has(0, "GIF87a") || file.has(0, "GIF89a");
  }

  /** The canvas, widened where the first frame overhangs it. */
  @Override
  public Size size(Bytes file) {
    Frame frame = frame(file);
    return new Size(
        Math.max(file.le16(6), frame.x() + frame.width()),
        Math.max(file.le16(8), frame.y() + frame.height()));
  }

  Frame frame(Bytes file) {
    long at = FIRST_BLOCK + table(file.u8(10));
    while (file.u8(at) == '!') {
      at = blocks(file, at + 2);
    }
    if (file.u8(at) != ',') {
      throw Bytes.broken("the GIF holds no picture");
    }
    return new Frame(file.le16(at + 1), file.le16(at + 3), file.le16(at + 5), file.le16(at + 7));
  }

  @Override
  public void complete(Bytes file) {
    long at = FIRST_BLOCK + table(file.u8(10));
    while (file.u8(at) != ';') {
      at =
          switch (file.u8(at)) {
            case '!' -> blocks(file, at + 2);
            case ',' -> blocks(file, at + 11 + table(file.u8(at + 9)));
            default -> throw Bytes.broken("the GIF is damaged at byte %d".formatted(at));
          };
    }
  }

  private static int table(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
  }

  private static long blocks(Bytes file, long at) {
    while (file.u8(at) != 0) {
      at += file.u8(at) + 1;
    }
    return at + 1;
  }
}
