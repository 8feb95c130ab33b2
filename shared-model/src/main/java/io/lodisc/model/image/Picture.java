package io.lodisc.model.image;

/**
 * A decoded picture.
 *
 * @param width pixels
 * @param height pixels
 * @param rgb row-major, interleaved 8-bit RGB: height x width x 3 bytes
 */
public record Picture(int width, int height, byte[] rgb) {

  public Picture {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "a picture of %d x %d needs %d bytes of RGB, not %d"
              .formatted(width, height, 3L * width * height, rgb.length));
    }
  }
}
