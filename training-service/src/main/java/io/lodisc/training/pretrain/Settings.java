package io.lodisc.training.pretrain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.lodisc.model.engine.Precision;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.method.Branches;
import io.lodisc.model.method.HeadSizes;
import io.lodisc.model.method.LoDiscOptions;
import io.lodisc.model.method.LocalBranch;
import io.lodisc.model.method.MaskedTokens;
import io.lodisc.model.method.Objectives;
import io.lodisc.model.method.mask.MaskStrategy;
import io.lodisc.model.method.schedule.Schedule;
import io.lodisc.model.vit.Architecture;
import io.lodisc.training.evaluation.EvaluationSettings;
import io.lodisc.training.views.ViewSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.TreeSet;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * The hyper-parameters of a pretraining job; what a request leaves out is its {@link Profile}'s.
 *
 * @param profile where what is not named comes from
 * @param architecture of the encoder; a job with start weights has theirs
 * @param positionDeviation of learned positions before training
 * @param normalisation of the pictures' colours
 * @param objective what is minimised
 * @param branches the loss of LoDisc: global (MoCo v3), local, or both
 * @param epochs passes over the data set; 0 writes the start weights as a checkpoint
 * @param batch pictures a step; the last partial batch of an epoch is dropped
 * @param accumulation parts of a batch that go through one after the other, their gradients added
 *     up; negatives are those of a part
 * @param learningRate the peak rate of AdamW; 1e-3 batch/256 if left out
 * @param schedule of the learning rate after the warm-up
 * @param warmupEpochs linear warm-up
 * @param weightDecay of AdamW
 * @param clipNorm largest global L2 norm of the gradients; 0 for any
 * @param temperature t of Eq. 1
 * @param momentum m of the moving average, at the start if momentumCosine
 * @param momentumCosine raises the momentum to 1 over the run
 * @param momentumUpdates of the moving average in a step
 * @param mask which patches the local view keeps
 * @param maskRatio share of patches left out of the local view (Eq. 4)
 * @param maskedTokens zeroed as in the paper, or dropped, which costs less
 * @param headHidden hidden width of projector and predictor
 * @param headOut length of the vectors that are contrasted; without a projector the class token's
 * @param projector false contrasts class tokens, as the authors' code does
 * @param predictorDropout share of the predictor's hidden values that training leaves out
 * @param trainPatchProjection false freezes it, as MoCo v3 does
 * @param recompute computes the query encoder's blocks again going backward, to save memory
 * @param precision of the matrix products of a step, FP32 if left out; what is measured is measured
 *     in float32
 * @param views the augmentation
 * @param evaluation what is measured of the encoder while it trains, and when
 * @param maxUnreadableShare of the pictures that a run may skip because they cannot be read
 * @param seed of all randomness
 * @param checkpointEpochs a checkpoint at the end of every so many epochs, and of the last
 * @param checkpointSteps beside that, a checkpoint every so many steps; 0: none
 * @param threads of the engine; 0: one a core
 */
public record Settings(
    @NotNull Profile profile,
    @NotNull Architecture architecture,
    @DecimalMin("0.0") @DecimalMax("10.0") double positionDeviation,
    @NotNull @Valid Normalisation normalisation,
    @NotNull @JsonDeserialize(converter = AnyName.class) String objective,
    @NotNull Branches branches,
    @Min(0) @Max(100_000) int epochs,
    @Min(2) @Max(65_536) int batch,
    @Min(1) @Max(32_768) int accumulation,
    @DecimalMin("0.0") @DecimalMax("1.0") Double learningRate,
    @NotNull Schedule schedule,
    @DecimalMin("0.0") @DecimalMax("10000.0") double warmupEpochs,
    @DecimalMin("0.0") @DecimalMax("10.0") double weightDecay,
    @DecimalMin("0.0") @DecimalMax("1000000.0") double clipNorm,
    @DecimalMin("0.001") @DecimalMax("10.0") double temperature,
    @DecimalMin("0.0") @DecimalMax("1.0") double momentum,
    boolean momentumCosine,
    @Min(1) @Max(16) int momentumUpdates,
    @NotNull MaskStrategy mask,
    @DecimalMin("0.0") @DecimalMax("0.95") double maskRatio,
    @NotNull MaskedTokens maskedTokens,
    @Min(8) @Max(65_536) int headHidden,
    @Min(8) @Max(65_536) int headOut,
    boolean projector,
    @DecimalMin("0.0") @DecimalMax("0.95") double predictorDropout,
    boolean trainPatchProjection,
    boolean recompute,
    Precision precision,
    @NotNull @Valid ViewSettings views,
    @NotNull @Valid EvaluationSettings evaluation,
    @DecimalMin("0.0") @DecimalMax("1.0") double maxUnreadableShare,
    long seed,
    @Min(1) @Max(100_000) int checkpointEpochs,
    @Min(0) @Max(1_000_000_000) int checkpointSteps,
    @Min(0) @Max(1024) int threads) {

  /** Per 256 pictures of a batch (paper, section 4.1). */
  private static final double BASE_RATE = 1e-3;

  /** Refuses an objective that there is not. */
  public Settings {
    if (objective != null && !Objectives.names().contains(objective)) {
      throw new IllegalArgumentException(
          "objective must be one of " + String.join(", ", new TreeSet<>(Objectives.names())));
    }
    learningRate = learningRate == null ? (Double) (BASE_RATE * batch / 256) : learningRate;
    precision = precision == null ? Precision.FP32 : precision;
  }

  @AssertTrue(message = "must divide batch into parts of at least 2 pictures")
  boolean isAccumulation() {
    return accumulation < 1 || batch % accumulation == 0 && batch / accumulation >= 2;
  }

  /** What LoDisc minimises. */
  @JsonIgnore
  public LoDiscOptions loDisc() {
    LocalBranch local = new LocalBranch(mask, maskRatio, maskedTokens);
    return new LoDiscOptions(branches, temperature, local, momentumUpdates, recompute, seed);
  }

  /** What a picture goes through before this encoder. */
  @JsonIgnore
  public Preprocessing preprocessing() {
    return new Preprocessing(
        architecture.imageSize(), "pad", normalisation.mean(), normalisation.std());
  }

  @JsonIgnore
  public HeadSizes headSizes() {
    int out = projector ? headOut : architecture.width();
    return new HeadSizes(headHidden, out, projector, predictorDropout);
  }
}
