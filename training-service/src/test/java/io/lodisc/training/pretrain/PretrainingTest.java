package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.training.support.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainingTest {

  @TempDir private Path folder;
  private TinyRuns runs;

  @BeforeEach
  void draw() throws IOException {
    runs = TinyRuns.in(folder);
  }

  @Test
  void writesACheckpointOfEverythingAtEachEpochAndEveryFewSteps() throws Exception {
    Recorder recorder = runs.train("a", TinyRuns.settings(2, 2, 1e-3));

    assertThat(recorder.checkpoints())
        .containsExactly(
            runs.checkpoint("a", 2),
            runs.checkpoint("a", 3),
            runs.checkpoint("a", 4),
            runs.checkpoint("a", 6));
    assertThat(recorder.progress()).hasSize(6);
    assertThat(recorder.progress().getLast().epoch()).isEqualTo(2);
    assertThat(recorder.progress().getLast().steps()).isEqualTo(6);
    Path last = runs.checkpoint("a", 6);
    Manifest manifest = Checkpoints.verify(last);
    assertThat(manifest.files())
        .containsOnlyKeys(
            "encoder.safetensors",
            "training.projector.safetensors",
            "training.predictor.safetensors",
            "training.momentum.safetensors",
            "training.optimizer.safetensors");
    assertThat(manifest.step()).isEqualTo(6);
    assertThat(manifest.architecture()).isEqualTo(TinyRuns.TINY);
    Map<String, Tensor> encoder = Checkpoints.read(last, Checkpoints.ENCODER);
    assertThat(encoder)
        .hasSize(4 + 2 * 12 + 2)
        .containsKeys("cls_token", "blocks.1.mlp.fc2.weight", "norm.bias");
    assertThat(Checkpoints.read(last, "training.optimizer.safetensors"))
        .containsKeys(
            "mean.query.backbone.blocks.0.attn.qkv.weight",
            "square.predictor.3.weight",
            "step.query.projector.6.weight")
        .doesNotContainKey("mean.query.backbone.pos_embed");
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws Exception {
    runs.train("one", TinyRuns.settings(2, 0, 1e-3));
    runs.train("two", TinyRuns.settings(2, 0, 1e-3));

    Path one = runs.checkpoint("one", 6);
    Path two = runs.checkpoint("two", 6);
    assertThat(Checkpoints.verify(two).files()).isEqualTo(Checkpoints.verify(one).files());
  }

  @Test
  void noEpochsWriteTheStartWeights() throws Exception {
    Recorder recorder = runs.train("start", TinyRuns.settings(0, 0, 1e-3));

    assertThat(recorder.checkpoints()).containsExactly(runs.checkpoint("start", 0));
    assertThat(Checkpoints.verify(runs.checkpoint("start", 0)).loss()).isNull();
  }

  @Test
  void goesOnFromACheckpointsWeights() throws Exception {
    runs.train("first", TinyRuns.settings(1, 0, 1e-3));
    Path start = runs.checkpoint("first", 3);

    runs.train("same", TinyRuns.settings(0, 0, 1e-3), start);

    Path same = runs.checkpoint("same", 0);
    for (String file : List.of("encoder.safetensors", "training.predictor.safetensors")) {
      assertThat(Checkpoints.verify(same).files().get(file))
          .isEqualTo(Checkpoints.verify(start).files().get(file));
    }
  }

  @Test
  void refusesStartWeightsOfAnotherArchitecture() throws Exception {
    runs.train("first", TinyRuns.settings(0, 0, 1e-3));
    Architecture wider = new Architecture(16, 4, 32, 2, 2, 2, Positions.SINCOS);

    assertThatThrownBy(
            () ->
                runs.train(
                    "other", TinyRuns.settings(wider, 0, 0, 1e-3), runs.checkpoint("first", 0)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("another architecture");
  }

  @Test
  void stopsAfterTheStepWhereItIsCancelled() throws Exception {
    Run run = runs.run("cancelled", TinyRuns.settings(9, 0, 1e-3), null);

    assertThat(TinyRuns.train(run, new Recorder(4)).progress()).hasSize(4);
  }
}
