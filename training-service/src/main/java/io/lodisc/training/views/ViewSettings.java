package io.lodisc.training.views;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/**
 * How the two views of a picture are drawn. The defaults are MoCo v3's (its published recipe);
 * probabilities are fractions of 1.
 *
 * @param cropMin smallest share of the picture's area
 * @param cropMax largest share
 * @param cropAspect the crop's width over height lies between 1 / this and this
 * @param rotation within +- this, in degrees, white where nothing was
 * @param jitter probability of the colour jitter
 * @param brightness factor within 1 +- this
 * @param contrast factor within 1 +- this
 * @param saturation factor within 1 +- this
 * @param hue shift within +- this, in turns
 * @param grayscale probability
 * @param blur1 probability of a Gaussian blur in view 1
 * @param blur2 the same in view 2
 * @param blurSigmaMax the blur's sigma lies between 0.1 and this, in pixels of the view
 * @param solarize2 probability of solarizing view 2
 * @param flip probability of a horizontal flip
 */
public record ViewSettings(
    @DecimalMin("0.01") @DecimalMax("1.0") double cropMin,
    @DecimalMin("0.01") @DecimalMax("1.0") double cropMax,
    @DecimalMin("1.0") @DecimalMax("4.0") double cropAspect,
    @DecimalMin("0.0") @DecimalMax("180.0") double rotation,
    @DecimalMin("0.0") @DecimalMax("1.0") double jitter,
    @DecimalMin("0.0") @DecimalMax("1.0") double brightness,
    @DecimalMin("0.0") @DecimalMax("1.0") double contrast,
    @DecimalMin("0.0") @DecimalMax("1.0") double saturation,
    @DecimalMin("0.0") @DecimalMax("0.5") double hue,
    @DecimalMin("0.0") @DecimalMax("1.0") double grayscale,
    @DecimalMin("0.0") @DecimalMax("1.0") double blur1,
    @DecimalMin("0.0") @DecimalMax("1.0") double blur2,
    @DecimalMin("0.1") @DecimalMax("10.0") double blurSigmaMax,
    @DecimalMin("0.0") @DecimalMax("1.0") double solarize2,
    @DecimalMin("0.0") @DecimalMax("1.0") double flip) {

  /** MoCo v3's. */
  public static ViewSettings mocoV3() {
    return new ViewSettings(0.08, 1, 4.0 / 3, 0, 0.8, 0.4, 0.4, 0.2, 0.1, 0.2, 1, 0.1, 2, 0.2, 0.5);
  }

  @AssertTrue(message = "must not be above cropMax")
  boolean isCropMin() {
    return cropMin <= cropMax;
  }
}
