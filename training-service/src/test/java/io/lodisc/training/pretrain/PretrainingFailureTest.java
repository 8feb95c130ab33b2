package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.support.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What ends a run before its time, and what is left of it. */
class PretrainingFailureTest {

  @TempDir private Path folder;
  private TinyRuns runs;

  @BeforeEach
  void draw() throws IOException {
    runs = TinyRuns.in(folder);
  }

  @Test
  void weightsThatAreNoNumbersEndTheRunAndAreNeverACheckpoint() {
    assertThatThrownBy(() -> runs.train("nan", TinyRuns.settings(200, 1, 1e30)))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching("(?s)(The loss is|.* holds) (NaN|-?Infinity).* step \\d+.*");

    Run run = runs.run("nan", TinyRuns.settings(200, 1, 1e30), null);
    Path last = Resumption.newest(run).orElseThrow();
    Checkpoints.verify(last).files().keySet().stream()
        .flatMap(file -> Checkpoints.read(last, file).values().stream())
        .forEach(
            tensor -> {
              for (float value : tensor.values()) {
                assertThat(value).isFinite();
              }
            });
  }

  @Test
  void aLossThatIsNoNumberIsToldWithItsStepAndBatch() {
    assertThatThrownBy(() -> runs.train("loss", TinyRuns.settings(2, 0, 1e39)))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "The loss is NaN at step 2 \\(epoch 1, batch 2 of 3: (\\d+\\.png(, )?){4}\\)\\.")
        .extracting(e -> ((TrainingException) e).fault())
        .isEqualTo(Fault.DIVERGED);
  }

  @Test
  void weightsThatAreNoNumbersAreToldWithTheirStep() {
    assertThatThrownBy(() -> runs.train("weights", TinyRuns.settings(2, 1, 1e39)))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(".* holds (NaN|-?Infinity) after step 1\\.")
        .extracting(e -> ((TrainingException) e).fault())
        .isEqualTo(Fault.DIVERGED);
  }

  @Test
  void aDamagedCheckpointIsSetAsideWhenItsStepComesAgain() throws Exception {
    runs.train("again", TinyRuns.settings(2, 0, 1e-3));
    Path last = runs.checkpoint("again", 6);
    Map<String, Manifest.FileEntry> whole = Checkpoints.verify(last).files();
    Files.write(last.resolve(Checkpoints.ENCODER), new byte[10]);

    Recorder recorder = runs.train("again", TinyRuns.settings(2, 0, 1e-3));

    assertThat(recorder.checkpoints()).containsExactly(runs.checkpoint("again", 3), last);
    assertThat(Checkpoints.verify(last).files()).isEqualTo(whole);
    assertThat(recorder.epochs()).extracting(TrainingLog.EpochRow::epoch).containsExactly(1, 2);
    assertThat(recorder.evaluated()).containsExactly(0, 2);
  }

  @Test
  void tooManyPicturesThatVanishedAreNamed() throws IOException {
    Files.delete(runs.pictures().get(13));

    assertThatThrownBy(() -> runs.train("gone", TinyRuns.settings(2, 0, 1e-3)))
        .isInstanceOfSatisfying(
            TrainingException.class,
            e -> assertThat(e.hint()).contains("Put them back", "maxUnreadableShare"))
        .hasMessage(
            "1 of 14 pictures (7.1 %%) cannot be used, more than the 5.0 %% that a run may skip: "
                + "%s cannot be read: the file is gone.",
            runs.pictures().get(13));
  }

  @Test
  void aPictureThatVanishedStaysCountedWhenTheRunGoesOnWithItBack() throws Exception {
    Path picture = runs.pictures().get(13);
    byte[] bytes = Files.readAllBytes(picture);
    Files.delete(picture);
    Settings settings =
        SettingsJson.overlay(
            SettingsJson.tree(TinyRuns.settings(2, 0, 1e-3)),
            "{\"learningRate\": 1e-3, \"maxUnreadableShare\": 0.1}");
    Run run = runs.run("vanished", settings, null);

    Recorder begun = TinyRuns.train(run, new Recorder(3));
    Files.write(picture, bytes);
    Recorder ended = TinyRuns.train(run, new Recorder());

    assertThat(begun.progress().getLast().skipped()).isEqualTo(1);
    assertThat(ended.progress()).hasSize(3).allMatch(progress -> progress.skipped() == 1);
    assertThat(log("vanished", 6).skipped()).containsExactly(13);
    Run another =
        new Run(
            "another",
            run.dataset(),
            settings,
            run.pictures(),
            null,
            null,
            folder.resolve("another"),
            null,
            List.of(),
            runs.checkpoint("vanished", 3));
    assertThat(TinyRuns.train(another, new Recorder()).progress())
        .hasSize(3)
        .allMatch(progress -> progress.skipped() == 0);
  }

  @Test
  void aLogOfBeforeSkippedPicturesWereKeptIsRead() throws Exception {
    runs.train("before", TinyRuns.settings(1, 0, 1e-3));
    Manifest manifest = Checkpoints.manifest(runs.checkpoint("before", 3));
    ObjectNode before = JsonMapper.shared().valueToTree(manifest.training());
    assertThat(before.remove("skipped")).isNotNull();

    TrainingLog log = TrainingLog.of(before);

    assertThat(log.skipped()).isEmpty();
    assertThat(log.epochs()).isEqualTo(log("before", 3).epochs()).hasSize(1);
  }

  private TrainingLog log(String run, int step) {
    return TrainingLog.of(Checkpoints.manifest(runs.checkpoint(run, step)).training());
  }
}
