package io.lodisc.model.image;

import java.util.List;

/** A picture format: what its structure says before any pixel is decoded. */
interface Container {

  List<Container> ALLOWED =
      List.of(
          new PngContainer(),
          new JpegContainer(),
          new WebpContainer(),
          new GifContainer(),
          new BmpContainer());

  /** Pixels as stored, before any orientation. */
  record Size(long width, long height) {}

  String mediaType();

  /** Of javax.imageio. */
  String format();

  /** Decided by the file's first bytes. */
  boolean matches(Bytes file);

  /** The size that decoding will need, from the header. */
  Size size(Bytes file);

  /** Throws TRUNCATED where the file ends before the picture does. */
  void complete(Bytes file);

  /** The EXIF block, a TIFF structure; null without one. */
  default byte[] exif(Bytes file) {
    return null;
  }

  static Container of(Bytes file) {
    return ALLOWED.stream()
        .filter(c -> c.matches(file))
        .findFirst()
        .orElseThrow(
            () ->
                Bytes.broken(
                    file.length() == 0
                        ? "the file is empty"
                        : "the file's first bytes are not those of a PNG, JPEG, WebP, GIF or BMP"));
  }
}
