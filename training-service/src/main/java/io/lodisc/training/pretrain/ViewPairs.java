package io.lodisc.training.pretrain;

import io.lodisc.model.image.Picture;
import io.lodisc.model.random.Counter;
import io.lodisc.training.pictures.PictureCache;
import io.lodisc.training.views.Views;

/** Draws both views of a picture into a batch. For several threads. */
record ViewPairs(PictureCache pictures, Views views, long seed) {

  /** Values of a view. */
  int length() {
    return views.length();
  }

  /**
   * @throws io.lodisc.training.pictures.UnreadablePictureException if the picture cannot be read
   */
  void draw(int picture, long epoch, float[] x1, float[] x2, int place) {
    Picture decoded = pictures.get(picture);
    int at = place * length();
    views.draw(decoded, false, Counter.at(seed, epoch, picture, 1), x1, at);
    views.draw(decoded, true, Counter.at(seed, epoch, picture, 2), x2, at);
  }
}
