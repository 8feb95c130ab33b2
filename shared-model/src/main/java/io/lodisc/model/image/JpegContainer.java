package io.lodisc.model.image;

import java.util.Arrays;

final class JpegContainer implements Container {

  private static final int PROGRESSIVE = 0xc2;
  private static final int START_OF_SCAN = 0xda;
  private static final int END = 0xd9;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final String EXIF = "Exif\0\0";

  @Override
  public String mediaType() {
    return "image/jpeg";
  }

  @Override
  public String format() {
    return "jpeg";
  }

  @Override
  public boolean matches(Bytes file) {
    return file.has(0, "\u00ff\u00d8\u00ff");
  }

  @Override
  public Size size(Bytes file) {
    long frame = frame(file);
    Size size = new Size(file.u16(frame + 7), file.u16(frame + 5));
    if (size.height() == 0) {
      throw Bytes.broken("the JPEG does not say its height");
    }
    return size;
  }

  /** Colour channels: 1 grey, 3 colour, 4 CMYK. */
  int channels(Bytes file) {
    return file.u8(frame(file) + 9);
  }

  /** Baseline, extended or progressive Huffman coding of 8-bit grey or three colours. */
  boolean ordinary(Bytes file) {
    long frame = frame(file);
    int channels = channels(file);
    return file.u8(frame + 1) <= PROGRESSIVE
        && file.u8(frame + 4) == 8
        && (channels == 1 || channels == 3);
  }

  /** Adobe's programs store CMYK inverted, and say so by a segment of their own. */
  boolean adobe(Bytes file) {
    for (long at = 2; ; at = next(file, at)) {
      at = marker(file, at);
      int type = file.u8(at + 1);
      if (type == APP14 && file.has(at + 4, "Adobe")) {
        return true;
      }
      if (type == START_OF_SCAN || type == END) {
        return false;
      }
    }
  }

  @Override
  public byte[] exif(Bytes file) {
    for (long at = 2; ; at = next(file, at)) {
      at = marker(file, at);
      int type = file.u8(at + 1);
      if (type == APP1 && file.has(at + 4, EXIF)) {
        long end = Math.min(file.length(), next(file, at));
        return Arrays.copyOfRange(file.file(), (int) at + 4 + EXIF.length(), (int) end);
      }
      if (type == START_OF_SCAN || type == END) {
        return null;
      }
    }
  }

  @Override
  public void complete(Bytes file) {
    boolean scan = false;
    long at = 2;
    while (true) {
      at = marker(file, at);
      int type = file.u8(at + 1);
      if (type == END) {
        break;
      }
      scan |= type == START_OF_SCAN;
      at = next(file, at);
      if (type == START_OF_SCAN) {
        at = coded(file, at);
      }
    }
    if (!scan) {
      throw Bytes.truncated("the JPEG has no picture data");
    }
  }

  /** Where the segment begins that tells the size. */
  private static long frame(Bytes file) {
    for (long at = 2; ; at = next(file, at)) {
      at = marker(file, at);
      int type = file.u8(at + 1);
      if (type >= 0xc0 && type <= 0xcf && type != 0xc4 && type != 0xc8 && type != 0xcc) {
        return at;
      }
      if (type == START_OF_SCAN || type == END) {
        throw Bytes.broken("the JPEG has no frame header before its picture data");
      }
    }
  }

  /** The next marker's 0xff, past fill bytes. */
  private static long marker(Bytes file, long at) {
    while (file.u8(at) != 0xff || file.u8(at + 1) == 0xff || file.u8(at + 1) == 0) {
      at++;
    }
    return at;
  }

  private static long next(Bytes file, long at) {
    int type = file.u8(at + 1);
    boolean bare = type == 0x01 || type >= 0xd0 && type <= 0xd8;
    return bare ? at + 2 : at + 2 + Math.max(2, file.u16(at + 2));
  }

  /** The end of entropy-coded data: the first marker that is no restart. */
  private static long coded(Bytes file, long at) {
    byte[] bytes = file.file();
    for (int i = (int) at; i + 1 < bytes.length; i++) {
      int next = bytes[i + 1] & 0xff;
      if (bytes[i] == (byte) 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
        return i;
      }
    }
    throw Bytes.truncated(
        "the JPEG is cut off: its %d bytes end inside the picture data".formatted(bytes.length));
  }
}
