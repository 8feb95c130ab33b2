package io.lodisc.model.image;

import java.nio.charset.StandardCharsets;

/** An encoded file read at offsets; reading past its end says that the file is cut off. */
record Bytes(byte[] file) {

  int length() {
    return file.length;
  }

  int u8(long at) {
    need(at, 1);
    return file[(int) at] & 0xff;
  }

  int u16(long at) {
    return u8(at) << 8 | u8(at + 1);
  }

  long u32(long at) {
    return (long) u16(at) << 16 | u16(at + 2);
  }

  /** Little-endian, as are the ones below. */
  int le16(long at) {
    return u8(at) | u8(at + 1) << 8;
  }

  int le24(long at) {
    return le16(at) | u8(at + 2) << 16;
  }

  long le32(long at) {
    return le16(at) | (long) le16(at + 2) << 16;
  }

  boolean has(long at, String ascii) {
    byte[] wanted = ascii.getBytes(StandardCharsets.ISO_8859_1);
    if (at + wanted.length > file.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (file[(int) at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  String ascii(long at, int length) {
    need(at, length);
    return new String(file, (int) at, length, StandardCharsets.ISO_8859_1);
  }

  void need(long at, long length) {
    if (at + length > file.length) {
      throw truncated(
          "the picture is cut off: its %d bytes end before byte %d that it announces"
              .formatted(file.length, at + length));
    }
  }

  static PictureException truncated(String message) {
    return new PictureException(PictureException.Reason.TRUNCATED, message, null);
  }

  static PictureException broken(String message) {
    return new PictureException(PictureException.Reason.NOT_A_PICTURE, message, null);
  }
}
