package io.lodisc.standalone.demo;

import io.lodisc.model.image.Picture;
import io.lodisc.model.image.Resampler;

/** The baseline that learns nothing: 16 x 16 pixels, their mean taken off, as a vector. */
final class Pixels {

  private static final int SIDE = 16;

  private Pixels() {}

  /** 768 values of length 1. */
  static float[] vector(Picture picture) {
    float[] values = Resampler.resize(picture, 0, 0, picture.width(), picture.height(), SIDE, SIDE);
    double mean = 0;
    for (float value : values) {
      mean += value / values.length;
    }
    double square = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] -= (float) mean;
      square += values[i] * values[i];
    }
    double norm = Math.max(Math.sqrt(square), 1e-12);
    for (int i = 0; i < values.length; i++) {
      values[i] /= (float) norm;
    }
    return values;
  }
}
