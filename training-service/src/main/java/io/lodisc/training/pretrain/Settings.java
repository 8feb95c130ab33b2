package io.lodisc.training.pretrain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.method.Branches;
import io.lodisc.model.method.HeadSizes;
import io.lodisc.model.method.Objective;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.training.views.ViewSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * The hyper-parameters of a pretraining job; what a request leaves out is taken from {@link
 * #DEFAULTS}, the paper's profile.
 *
 * @param architecture of the encoder; a job with start weights has theirs
 * @param positionDeviation of learned positions before training
 * @param normalisation of the pictures' colours
 * @param branches the loss: global (MoCo v3), local, or both (LoDisc)
 * @param epochs passes over the data set; 0 writes the start weights as a checkpoint
 * @param batch pictures a step; the last partial batch of an epoch is dropped
 * @param learningRate the peak rate of AdamW
 * @param warmupEpochs linear warm-up, then cosine to 0
 * @param weightDecay of AdamW
 * @param temperature t of Eq. 1
 * @param momentum m of the moving average, at the start if momentumCosine
 * @param momentumCosine raises the momentum to 1 over the run
 * @param maskRatio share of patches left out of the local view (Eq. 4)
 * @param headHidden hidden width of projector and predictor
 * @param headOut length of the vectors that are contrasted
 * @param trainPatchProjection false freezes it, as MoCo v3 does
 * @param views the augmentation
 * @param seed of all randomness
 * @param checkpointEpochs a checkpoint at the end of every so many epochs, and of the last
 * @param checkpointSteps beside that, a checkpoint every so many steps; 0: none
 * @param threads of the engine; 0: one a core
 */
public record Settings(
    @NotNull Architecture architecture,
    @DecimalMin("0.0") @DecimalMax("10.0") double positionDeviation,
    @NotNull @Valid Normalisation normalisation,
    @NotNull Branches branches,
    @Min(0) @Max(100_000) int epochs,
    @Min(2) @Max(65_536) int batch,
    @DecimalMin("0.0") @DecimalMax("1.0") double learningRate,
    @DecimalMin("0.0") @DecimalMax("10000.0") double warmupEpochs,
    @DecimalMin("0.0") @DecimalMax("10.0") double weightDecay,
    @DecimalMin("0.001") @DecimalMax("10.0") double temperature,
    @DecimalMin("0.0") @DecimalMax("1.0") double momentum,
    boolean momentumCosine,
    @DecimalMin("0.0") @DecimalMax("0.95") double maskRatio,
    @Min(8) @Max(65_536) int headHidden,
    @Min(8) @Max(65_536) int headOut,
    boolean trainPatchProjection,
    @NotNull @Valid ViewSettings views,
    long seed,
    @Min(1) @Max(100_000) int checkpointEpochs,
    @Min(0) @Max(1_000_000_000) int checkpointSteps,
    @Min(0) @Max(1024) int threads) {

  /** The paper's profile for a ViT-B/16 at batch 64. */
  public static final Settings DEFAULTS =
      new Settings(
          new Architecture(224, 16, 768, 12, 12, 4, Positions.SINCOS),
          0.02,
          Normalisation.IMAGENET,
          Branches.GLOBAL_LOCAL,
          100,
          64,
          2.5e-4,
          0,
          0.5,
          0.2,
          0.99,
          true,
          0.7,
          4096,
          768,
          false,
          ViewSettings.mocoV3(),
          0,
          1,
          0,
          0);

  /** What the method minimises. */
  @JsonIgnore
  public Objective objective() {
    return new Objective(branches, temperature, maskRatio);
  }

  /** What a picture goes through before this encoder. */
  @JsonIgnore
  public Preprocessing preprocessing() {
    return new Preprocessing(
        architecture.imageSize(), "pad", normalisation.mean(), normalisation.std());
  }

  @JsonIgnore
  public HeadSizes headSizes() {
    return new HeadSizes(headHidden, headOut);
  }
}
