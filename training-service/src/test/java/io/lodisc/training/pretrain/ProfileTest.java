package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.model.vit.Backbone;
import io.lodisc.training.evaluation.EvaluationSettings;
import org.junit.jupiter.api.Test;

/** The two profiles, item by item; {@link ProfileModulesTest} looks at what they make. */
class ProfileTest {

  private static final int PATCHES = 196;

  private final Settings paper = SettingsJson.read("{}");
  private final Settings released = SettingsJson.read("{\"profile\": \"released\"}");

  @Test
  void whatIsNotNamedIsThePapers() {
    assertThat(paper.profile()).isEqualTo(Profile.PAPER);
    assertThat(SettingsJson.read("{\"profile\": \"paper\"}")).isEqualTo(paper);
    assertThat(released.profile()).isEqualTo(Profile.RELEASED);
  }

  @Test
  void onlyThePaperProjects() {
    assertThat(paper.projector()).isTrue();
    assertThat(released.projector()).isFalse();
    assertThat(released.headSizes().out()).isEqualTo(released.architecture().width());
  }

  @Test
  void onlyTheReleasedPredictorDropsOut() {
    assertThat(paper.predictorDropout()).isZero();
    assertThat(released.predictorDropout()).isEqualTo(0.2);
  }

  @Test
  void onlyTheReleasedTrainsPatchProjectionAndPositions() {
    assertThat(paper.trainPatchProjection()).isFalse();
    assertThat(released.trainPatchProjection()).isTrue();
    assertThat(paper.architecture().positions()).isEqualTo(Positions.SINCOS);
    assertThat(released.architecture().positions()).isEqualTo(Positions.LEARNED);
  }

  @Test
  void thePaperKeepsThePatchAtTheThreshold() {
    assertThat(paper.mask().kept(PATCHES, paper.maskRatio())).isEqualTo(59);
    assertThat(released.mask().kept(PATCHES, released.maskRatio())).isEqualTo(58);
  }

  @Test
  void theReleasedAverageMovesFourTimesAStep() {
    assertThat(paper.momentumUpdates()).isEqualTo(1);
    assertThat(released.momentumUpdates()).isEqualTo(4);
  }

  @Test
  void theRestIsTheSame() {
    for (Settings settings : new Settings[] {paper, released}) {
      assertThat(settings.architecture().width()).isEqualTo(768);
      assertThat(settings.weightDecay()).isEqualTo(0.5);
      assertThat(settings.headHidden()).isEqualTo(4096);
      assertThat(settings.headSizes().out()).isEqualTo(768);
      assertThat(settings.learningRate()).isEqualTo(1e-3 * settings.batch() / 256);
      assertThat(settings.schedule().name()).isEqualTo("cosine");
      assertThat(settings.warmupEpochs()).isZero();
      assertThat(settings.momentum()).isEqualTo(0.99);
      assertThat(settings.momentumCosine()).isTrue();
      assertThat(settings.temperature()).isEqualTo(0.2);
      assertThat(settings.epochs()).isEqualTo(100);
      assertThat(settings.batch()).isEqualTo(64);
      assertThat(settings.evaluation()).isEqualTo(EvaluationSettings.DEFAULTS);
    }
  }

  @Test
  void bothHaveTheSizesOfTheStartWeightsThatAreImported() {
    Architecture imported = Backbone.named("vit-b/16").at(224, Positions.LEARNED);
    Settings started = SettingsJson.read("{\"architecture\": {\"positions\": \"learned\"}}");

    assertThat(started.architecture()).isEqualTo(imported);
    assertThat(released.architecture()).isEqualTo(imported);
  }

  @Test
  void theLearningRateFollowsTheBatch() {
    assertThat(SettingsJson.read("{\"batch\": 32}").learningRate()).isEqualTo(1e-3 * 32 / 256);
    assertThat(SettingsJson.read("{\"batch\": 32, \"learningRate\": 0.01}").learningRate())
        .isEqualTo(0.01);
  }
}
