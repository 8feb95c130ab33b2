package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.support.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void tooManyPicturesThatCannotBeReadAreNamed() throws IOException {
    Files.delete(runs.pictures().get(13));

    assertThatThrownBy(() -> runs.train("gone", TinyRuns.settings(2, 0, 1e-3)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("13.png cannot be read");
  }
}
