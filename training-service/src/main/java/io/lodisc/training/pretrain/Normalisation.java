package io.lodisc.training.pretrain;

import io.lodisc.model.image.Preprocessing;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * What is taken off each colour, and what it is divided by; colours are in 0..1.
 *
 * @param mean of red, green and blue
 * @param std of red, green and blue
 */
public record Normalisation(
    @NotNull @Size(min = 3, max = 3)
        List<@NotNull @DecimalMin("0.0") @DecimalMax("1.0") Double> mean,
    @NotNull @Size(min = 3, max = 3)
        List<@NotNull @DecimalMin("0.001") @DecimalMax("10.0") Double> std) {

  /** ImageNet's. */
  public static final Normalisation IMAGENET = of(Preprocessing.imagenet(1));

  /** That of a preprocessing. */
  public static Normalisation of(Preprocessing preprocessing) {
    return new Normalisation(preprocessing.mean(), preprocessing.std());
  }
}
