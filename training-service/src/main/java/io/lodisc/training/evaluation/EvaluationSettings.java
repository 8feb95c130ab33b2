package io.lodisc.training.evaluation;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * What is evaluated, and when.
 *
 * @param everyEpochs beside the start weights and the last epoch, every so many epochs; 0 switches
 *     evaluation off
 * @param knn weighted kNN, which costs a pass over the training split
 * @param probeEpochs of the linear probe; 0: no linear probe
 * @param probeAlways true trains a probe in every evaluation, false on the start weights and the
 *     last epoch alone
 * @param probeViews what the probe is trained on
 * @param batch pictures a forward pass
 * @param sample most pictures that stand for a split without labels, and of which two views are
 *     compared
 * @param maxUnreadable largest share of pictures that may be unreadable and are then left out
 */
public record EvaluationSettings(
    @Min(0) @Max(100_000) int everyEpochs,
    boolean knn,
    @Min(0) @Max(10_000) int probeEpochs,
    boolean probeAlways,
    @NotNull ProbeViews probeViews,
    @Min(1) @Max(4096) int batch,
    @Min(8) @Max(100_000) int sample,
    @DecimalMin("0.0") @DecimalMax("1.0") double maxUnreadable) {

  /** The paper's protocol, the linear probe at both ends. */
  public static final EvaluationSettings DEFAULTS =
      new EvaluationSettings(10, true, 100, false, ProbeViews.AUGMENTED, 64, 512, 0.05);

  /**
   * Whether to evaluate after this many epochs.
   *
   * @param epoch 0: the start weights
   * @param epochs of the whole run
   */
  public boolean isDue(int epoch, int epochs) {
    return everyEpochs > 0 && (isEnd(epoch, epochs) || epoch % everyEpochs == 0);
  }

  /** Whether that evaluation trains a linear probe. */
  public boolean isProbeDue(int epoch, int epochs) {
    return isDue(epoch, epochs) && probeEpochs > 0 && (probeAlways || isEnd(epoch, epochs));
  }

  private static boolean isEnd(int epoch, int epochs) {
    return epoch == 0 || epoch == epochs;
  }
}
