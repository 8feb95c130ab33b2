package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.support.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run measures of itself as it goes. */
class PretrainingEvaluationTest {

  @TempDir private Path folder;
  private TinyRuns runs;

  @BeforeEach
  void draw() throws IOException {
    runs = TinyRuns.in(folder);
  }

  @Test
  void evaluatesTheStartWeightsThenEveryFewEpochsAndTheLast() throws Exception {
    Recorder recorder = runs.train("measured", TinyRuns.settings(5, 0, 1e-3));

    assertThat(recorder.evaluated()).containsExactly(0, 2, 4, 5);
    assertThat(recorder.epochs())
        .extracting(TrainingLog.EpochRow::epoch)
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(recorder.epochs().getLast().terms()).containsOnlyKeys("global", "local");
    assertThat(recorder.history().start().scores())
        .containsKeys(
            "classToken.rank1", "classToken.mAP", "predicted.mAP", "classToken.knn10.top1");
    assertThat(recorder.history().last().getKey()).isEqualTo(5);
    Manifest manifest = Checkpoints.manifest(runs.checkpoint("measured", 15));
    TrainingLog log = TrainingLog.of(manifest.training());
    assertThat(log.evaluations()).isEqualTo(recorder.history());
    assertThat(log.epochs()).isEqualTo(recorder.epochs());
  }

  @Test
  void evaluatingChangesNoTensor() throws Exception {
    runs.train("with", TinyRuns.settings(2, 0, 1e-3));
    Run run = runs.run("without", TinyRuns.settings(2, 0, 1e-3), null);
    Run without =
        new Run(
            run.job(),
            run.dataset(),
            run.settings(),
            run.pictures(),
            null,
            null,
            run.checkpoints(),
            null);
    TinyRuns.train(without, new Recorder());

    assertThat(Checkpoints.verify(runs.checkpoint("without", 6)).files())
        .isEqualTo(Checkpoints.verify(runs.checkpoint("with", 6)).files());
  }
}
