package io.lodisc.standalone.demo;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.Resampler;
import java.util.SplittableRandom;

/** A picture as a user would take it: 60 to 90 % of the area, off centre. */
final class Shake {

  private static final double SMALLEST = 0.6;
  private static final double LARGEST = 0.9;

  private Shake() {}

  /** Cuts a box of the picture's aspect, drawn from its id, and scales it back to full size. */
  static Picture apply(Picture picture, String id) {
    SplittableRandom random = new SplittableRandom(id.hashCode());
    double scale = Math.sqrt(random.nextDouble(SMALLEST, LARGEST));
    double width = scale * picture.width();
    double height = scale * picture.height();
    double x = random.nextDouble() * (picture.width() - width);
    double y = random.nextDouble() * (picture.height() - height);
    float[] box = Resampler.resize(picture, x, y, width, height, picture.width(), picture.height());
    byte[] rgb = new byte[box.length];
    for (int i = 0; i < box.length; i++) {
      rgb[i] = (byte) Math.clamp(Math.round(box[i]), 0, 255);
    }
    return new Picture(picture.width(), picture.height(), rgb);
  }
}
