package io.lodisc.training.views;

import java.util.random.RandomGenerator;

/** The box of a random resized crop, in pixels of the picture. */
record CropBox(int x, int y, int width, int height) {

  private static final int TRIES = 10;

  /**
   * Draws a box of a uniform share of the area and a log-uniform aspect; after ten that do not fit,
   * the centre (torchvision's RandomResizedCrop).
   */
  static CropBox draw(int width, int height, ViewSettings settings, RandomGenerator random) {
    double smallest = settings.cropMin();
    double largest = settings.cropMax();
    double widest = Math.log(settings.cropAspect());
    for (int i = 0; i < TRIES; i++) {
      double area = (smallest + (largest - smallest) * random.nextDouble()) * width * height;
      double aspect = Math.exp(widest * (2 * random.nextDouble() - 1));
      int w = (int) Math.round(Math.sqrt(area * aspect));
      int h = (int) Math.round(Math.sqrt(area / aspect));
      if (w > 0 && w <= width && h > 0 && h <= height) {
        return new CropBox(random.nextInt(width - w + 1), random.nextInt(height - h + 1), w, h);
      }
    }
    double aspect = Math.clamp((double) width / height, Math.exp(-widest), Math.exp(widest));
    int w = Math.min(width, (int) Math.round(height * aspect));
    int h = Math.min(height, (int) Math.round(width / aspect));
    return new CropBox((width - w) / 2, (height - h) / 2, w, h);
  }
}
