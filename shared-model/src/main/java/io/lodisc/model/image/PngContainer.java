package io.lodisc.model.image;

import java.util.Arrays;
import java.util.zip.CRC32;

final class PngContainer implements Container {

  private static final int SIGNATURE = 8;

  @Override
  public String mediaType() {
    return "image/png";
  }

  @Override
  public String format() {
    return "png";
  }

  @Override
  public boolean matches(Bytes file) {
    return file.has(0, "\u0089PNG\r\n\u001a\n");
  }

  @Override
  public Size size(Bytes file) {
    if (!file.has(SIGNATURE + 4, "IHDR")) {
      file.need(SIGNATURE, 25);
      throw Bytes.broken("the PNG does not begin with its header");
    }
    return new Size(file.u32(SIGNATURE + 8), file.u32(SIGNATURE + 12));
  }

  @Override
  public void complete(Bytes file) {
    boolean data = false;
    long at = SIGNATURE;
    while (true) {
      long length = file.u32(at);
      String type = file.ascii(at + 4, 4);
      file.need(at, length + 12);
      if (Character.isUpperCase(type.charAt(0))
          && crc(file, at + 4, length + 4) != file.u32(at + 8 + length)) {
        throw Bytes.truncated(
            "the PNG is damaged: the checksum of its %s at byte %d is wrong".formatted(type, at));
      }
      if (type.equals("IEND")) {
        break;
      }
      data |= type.equals("IDAT");
      at += length + 12;
    }
    if (!data) {
      throw Bytes.truncated("the PNG has no picture data");
    }
  }

  @Override
  public byte[] exif(Bytes file) {
    long at = SIGNATURE;
    while (at + 12 <= file.length() && !file.has(at + 4, "IEND")) {
      long length = file.u32(at);
      if (file.has(at + 4, "eXIf") && at + 12 + length <= file.length()) {
        return Arrays.copyOfRange(file.file(), (int) at + 8, (int) (at + 8 + length));
      }
      at += length + 12;
    }
    return null;
  }

  private static long crc(Bytes file, long at, long length) {
    CRC32 crc = new CRC32();
    crc.update(file.file(), (int) at, (int) length);
    return crc.getValue();
  }
}
