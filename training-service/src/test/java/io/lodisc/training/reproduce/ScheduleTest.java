package io.lodisc.training.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.model.vit.Backbone;
import io.lodisc.training.pretrain.Normalisation;
import io.lodisc.training.pretrain.Profile;
import io.lodisc.training.pretrain.Settings;
import io.lodisc.training.support.Checkpointed;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

  @TempDir private Path folder;

  @Test
  void everyRowRunsWithEverySeedAndTheStartWeightsAsARowOfTheirOwn() {
    assertThat(Schedule.of(table("table3", null).seeds(2).request()).runs())
        .extracting(PlannedRun::name)
        .containsExactly(
            "untrained-seed0",
            "g-seed0",
            "l-seed0",
            "gl-seed0",
            "untrained-seed1",
            "g-seed1",
            "l-seed1",
            "gl-seed1");
    assertThat(Schedule.of(table("table3", null).seeds(2).request()).runs())
        .allMatch(run -> run.settings().seed() == run.seed())
        .allMatch(run -> run.first() == (run.seed() == 0));
  }

  @Test
  void oneRowAloneIsRunBesideTheStartWeights() {
    Schedule schedule = Schedule.of(table("table3", "l").request());

    assertThat(schedule.runs())
        .extracting(PlannedRun::name)
        .containsExactly("untrained-seed0", "l-seed0");
    assertThat(schedule.settings().get(Schedule.UNTRAINED).epochs()).isZero();
    assertThat(schedule.settings().get("l").branches().global()).isFalse();
  }

  @Test
  void rowsWithTheSameSettingsShareTheirRuns() {
    Schedule schedule = Schedule.of(table("ablation", null).request());

    assertThat(schedule.runOf())
        .containsEntry("location", "gl")
        .containsEntry("ratio70", "gl")
        .containsEntry("zeroed", "gl")
        .containsEntry("ratio30", "ratio30");
    assertThat(schedule.runs()).extracting(PlannedRun::row).doesNotHaveDuplicates();
  }

  @Test
  void aProfileLiesUnderTheRowsOwnSettings() {
    Settings paper = row(table("table2", "gl"));
    Settings released = row(table("table2", "gl").base("{\"profile\": \"released\"}"));

    assertThat(paper.profile()).isEqualTo(Profile.PAPER);
    assertThat(paper.projector()).isTrue();
    assertThat(released.profile()).isEqualTo(Profile.RELEASED);
    assertThat(released.projector()).isFalse();
    assertThat(released.mask().name()).isEqualTo("location-strict");
    assertThat(released.momentumUpdates()).isEqualTo(4);
    assertThat(released.maskRatio()).isEqualTo(0.3);
  }

  @Test
  void rowsThatMaskByLocationDoSoAsTheProfileDoes() {
    String released = "{\"profile\": \"released\"}";
    String random = "{\"profile\": \"released\", \"mask\": \"random\"}";

    assertThat(mask(table("table4", "location"))).isEqualTo("location");
    assertThat(mask(table("table4", "location").base(released))).isEqualTo("location-strict");
    assertThat(mask(table("table4", "location").base(random))).isEqualTo("location-strict");
    assertThat(mask(table("table4", "border").base(released))).isEqualTo("border");
    assertThat(mask(table("table5", "ratio80").base(released))).isEqualTo("location-strict");
    assertThat(Schedule.of(table("ablation", null).base(released).request()).runOf())
        .containsEntry("location", "gl");
  }

  @Test
  void optionsLieOverTheRowsAndTheRateFollowsTheBatch() {
    Settings asPublished = row(table("table2", "gl"));
    Settings other =
        row(
            table("table2", "gl")
                .over(
                    """
                    {"architecture": {"backbone": "vit-ti/16", "imageSize": 64},
                     "epochs": 7, "batch": 32}
                    """));

    assertThat(asPublished.architecture())
        .isEqualTo(Backbone.named("vit-b/16").at(224, Positions.SINCOS));
    assertThat(asPublished.epochs()).isEqualTo(100);
    assertThat(asPublished.learningRate()).isEqualTo(2.5e-3 * 64 / 256);
    assertThat(other.architecture())
        .isEqualTo(Backbone.named("vit-ti/16").at(64, Positions.SINCOS));
    assertThat(other.epochs()).isEqualTo(7);
    assertThat(other.learningRate()).isEqualTo(2.5e-3 * 32 / 256);
    assertThat(row(table("table3", "gl")).learningRate()).isEqualTo(1e-3 * 64 / 256);
  }

  @Test
  void aRunIsEvaluatedSomeTenTimesAndKeepsSomeFourCheckpoints() {
    Settings hundred = row(table("table3", "gl"));
    Settings three = row(table("table3", "gl").over("{\"epochs\": 3}"));

    assertThat(hundred.evaluation().everyEpochs()).isEqualTo(10);
    assertThat(hundred.checkpointEpochs()).isEqualTo(25);
    assertThat(three.evaluation().everyEpochs()).isEqualTo(1);
    assertThat(three.checkpointEpochs()).isEqualTo(1);
  }

  @Test
  void aStartCheckpointSettlesArchitectureAndNormalisation() throws IOException {
    Path start = folder.resolve("start");
    Checkpointed.write(start, "job", 3);
    Architecture theirs = Checkpointed.TINY;

    Settings started = row(table("table3", "gl").start(start));
    Settings larger =
        row(table("table3", "gl").start(start).over("{\"architecture\": {\"imageSize\": 32}}"));

    assertThat(started.architecture()).isEqualTo(theirs);
    assertThat(started.normalisation()).isEqualTo(Normalisation.IMAGENET);
    assertThat(larger.architecture()).isEqualTo(theirs.withImageSize(32));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"epoch": 3}                              | There is no field 'epoch'.
          {"mask": 3}                               | mask must be one of location,
          {"views": []}                             | 'views' must be an object.
          {"temperature": 11}                          | temperature must be less than or equal to 10.0
          {"batch": 9, "accumulation": 2}           | accumulation must divide batch
          {"architecture": {"backbone": "vit-h/14"}} | there are vit-ti/8, vit-ti/14
          {"architecture": {"imageSize": 225}}      | architecture.patch must divide imageSize
          {"profile": "published"}                  | 'profile' must be one of paper, released.
          """)
  void wrongSettingsAreTold(String base, String words) {
    Request request = table("table3", "gl").base(base).request();

    assertThatThrownBy(() -> Schedule.of(request))
        .isInstanceOf(ReproductionException.class)
        .hasMessageStartingWith("The settings are wrong: ")
        .hasMessageContaining(words)
        .extracting(e -> ((ReproductionException) e).hint())
        .asString()
        .isNotBlank();
  }

  @Test
  void aStartThatIsNoCheckpointIsTold() {
    Request request = table("table3", "gl").start(folder.resolve("nowhere")).request();

    assertThatThrownBy(() -> Schedule.of(request))
        .isInstanceOf(ReproductionException.class)
        .hasMessageContaining("nowhere cannot be started from: manifest.json is missing");
  }

  private TinyTable table(String plan, String only) {
    return TinyTable.of(folder, plan, only).base("{}");
  }

  private static String mask(TinyTable table) {
    return row(table).mask().name();
  }

  private static Settings row(TinyTable table) {
    return Schedule.of(table.request()).settings().get(table.only());
  }
}
