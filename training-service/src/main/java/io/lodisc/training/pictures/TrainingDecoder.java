package io.lodisc.training.pictures;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.PictureDecoder;
import io.lodisc.model.image.PictureDecoder.Limits;
import io.lodisc.model.image.Resampler;

/**
 * Decodes training pictures: as {@link PictureDecoder} does, ordinary JPEGs by OpenCV, which takes
 * half the time. Of a JPEG that is whole but damaged inside OpenCV keeps what it can, as PIL does.
 */
public final class TrainingDecoder {

  private TrainingDecoder() {}

  /**
   * Decodes a picture and shrinks it if its short side is longer than need be.
   *
   * @param shortSide the most pixels that the short side keeps
   * @throws io.lodisc.model.image.PictureException if the file is no whole picture or beyond {@link
   *     Limits#DEFAULT}
   */
  public static Picture decode(byte[] file, int shortSide) {
    return shrink(PictureDecoder.decode(file, Limits.DEFAULT, OpenCv::jpeg), shortSide);
  }

  private static Picture shrink(Picture picture, int shortSide) {
    int longer = Math.max(picture.width(), picture.height());
    int shorter = Math.min(picture.width(), picture.height());
    if (shorter <= shortSide) {
      return picture;
    }
    int other = (int) Math.round((double) longer * shortSide / shorter);
    int width = picture.width() == shorter ? shortSide : other;
    int height = picture.width() == shorter ? other : shortSide;
    float[] scaled =
        Resampler.resize(picture, 0, 0, picture.width(), picture.height(), width, height);
    byte[] rgb = new byte[scaled.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) Math.clamp(Math.round(scaled[i]), 0, 255);
    }
    return new Picture(width, height, rgb);
  }
}
