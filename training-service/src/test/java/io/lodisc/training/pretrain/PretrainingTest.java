package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.random.Counter;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.training.evaluation.History;
import io.lodisc.training.evaluation.Labelled;
import io.lodisc.training.evaluation.Splits;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PretrainingTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Architecture TINY = new Architecture(16, 4, 16, 2, 2, 2, Positions.SINCOS);

  @TempDir private Path folder;
  private final List<String> pictures = new ArrayList<>();

  @BeforeEach
  void draw() throws IOException {
    for (int i = 0; i < 14; i++) {
      BufferedImage image = new BufferedImage(20, 18, BufferedImage.TYPE_INT_RGB);
      RandomGenerator random = Counter.at(i);
      for (int p = 0; p < 20 * 18; p++) {
        image.setRGB(p % 20, p / 20, random.nextInt(1 << 24));
      }
      Path file = folder.resolve(i + ".png");
      ImageIO.write(image, "png", file.toFile());
      pictures.add(file.toString());
    }
  }

  @Test
  void writesACheckpointOfEverythingAtEachEpochAndEveryFewSteps() throws Exception {
    Recorder recorder = train("a", settings(2, 2, 1e-3), null, Integer.MAX_VALUE);

    assertThat(recorder.checkpoints)
        .containsExactly("step-00000002", "step-00000003", "step-00000004", "step-00000006");
    assertThat(recorder.progress).hasSize(6);
    assertThat(recorder.progress.getLast().epoch()).isEqualTo(2);
    assertThat(recorder.progress.getLast().steps()).isEqualTo(6);
    Path last = folder.resolve("a/step-00000006");
    Manifest manifest = Checkpoints.verify(last);
    assertThat(manifest.files())
        .containsOnlyKeys(
            "encoder.safetensors",
            "training.projector.safetensors",
            "training.predictor.safetensors",
            "training.momentum.safetensors",
            "training.optimizer.safetensors");
    assertThat(manifest.step()).isEqualTo(6);
    assertThat(manifest.architecture()).isEqualTo(TINY);
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
  void evaluatesTheStartWeightsThenEveryFewEpochsAndTheLast() throws Exception {
    Recorder recorder = train("measured", settings(5, 0, 1e-3), null, Integer.MAX_VALUE);

    assertThat(recorder.evaluated).containsExactly(0, 2, 4, 5);
    assertThat(recorder.epochs)
        .extracting(TrainingLog.EpochRow::epoch)
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(recorder.epochs.getLast().terms()).containsOnlyKeys("global", "local");
    assertThat(recorder.history.start().scores())
        .containsKeys(
            "classToken.rank1", "classToken.mAP", "predicted.mAP", "classToken.knn10.top1");
    assertThat(recorder.history.last().getKey()).isEqualTo(5);
    Manifest manifest = Checkpoints.manifest(folder.resolve("measured/step-00000015"));
    TrainingLog log = TrainingLog.of(manifest.training());
    assertThat(log.evaluations()).isEqualTo(recorder.history);
    assertThat(log.epochs()).isEqualTo(recorder.epochs);
  }

  @Test
  void evaluatingChangesNoTensor() throws Exception {
    train("with", settings(2, 0, 1e-3), null, Integer.MAX_VALUE);
    Run run = run("without", settings(2, 0, 1e-3), null);
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
    new Pretraining(without, new Recorder(Integer.MAX_VALUE)).train();

    assertThat(Checkpoints.verify(folder.resolve("without/step-00000006")).files())
        .isEqualTo(Checkpoints.verify(folder.resolve("with/step-00000006")).files());
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws Exception {
    train("one", settings(2, 0, 1e-3), null, Integer.MAX_VALUE);
    train("two", settings(2, 0, 1e-3), null, Integer.MAX_VALUE);

    Path one = folder.resolve("one/step-00000006");
    Path two = folder.resolve("two/step-00000006");
    assertThat(Checkpoints.verify(two).files()).isEqualTo(Checkpoints.verify(one).files());
  }

  @Test
  void noEpochsWriteTheStartWeights() throws Exception {
    Recorder recorder = train("start", settings(0, 0, 1e-3), null, Integer.MAX_VALUE);

    assertThat(recorder.checkpoints).containsExactly("step-00000000");
    assertThat(Checkpoints.verify(folder.resolve("start/step-00000000")).loss()).isNull();
  }

  @Test
  void goesOnFromACheckpointsWeights() throws Exception {
    train("first", settings(1, 0, 1e-3), null, Integer.MAX_VALUE);
    Path start = folder.resolve("first/step-00000003");

    train("same", settings(0, 0, 1e-3), start, Integer.MAX_VALUE);

    Path same = folder.resolve("same/step-00000000");
    for (String file : List.of("encoder.safetensors", "training.predictor.safetensors")) {
      assertThat(Checkpoints.verify(same).files().get(file))
          .isEqualTo(Checkpoints.verify(start).files().get(file));
    }
  }

  @Test
  void refusesStartWeightsOfAnotherArchitecture() throws Exception {
    train("first", settings(0, 0, 1e-3), null, Integer.MAX_VALUE);
    Architecture wider = new Architecture(16, 4, 32, 2, 2, 2, Positions.SINCOS);

    assertThatThrownBy(
            () ->
                train(
                    "other",
                    settings(wider, 0, 0, 1e-3),
                    folder.resolve("first/step-00000000"),
                    Integer.MAX_VALUE))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("another architecture");
  }

  @Test
  void stopsAfterTheStepWhereItIsCancelled() throws Exception {
    assertThat(train("cancelled", settings(9, 0, 1e-3), null, 4).progress).hasSize(4);
  }

  @Test
  void weightsThatAreNoNumbersEndTheRunAndAreNeverACheckpoint() {
    assertThatThrownBy(() -> train("nan", settings(200, 1, 1e30), null, Integer.MAX_VALUE))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching("(?s)(The loss is|.* holds) (NaN|-?Infinity).* step \\d+.*");

    Path last = Resumption.newest(run("nan", settings(200, 1, 1e30), null)).orElseThrow();
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
    assertThatThrownBy(() -> train("loss", settings(2, 0, 1e39), null, Integer.MAX_VALUE))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "The loss is NaN at step 2 \\(epoch 1, batch 2 of 3: (\\d+\\.png(, )?){4}\\)\\.");
  }

  @Test
  void weightsThatAreNoNumbersAreToldWithTheirStep() {
    assertThatThrownBy(() -> train("weights", settings(2, 1, 1e39), null, Integer.MAX_VALUE))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(".* holds (NaN|-?Infinity) after step 1\\.");
  }

  @Test
  void aDamagedCheckpointIsSetAsideWhenItsStepComesAgain() throws Exception {
    train("again", settings(2, 0, 1e-3), null, Integer.MAX_VALUE);
    Path last = folder.resolve("again/step-00000006");
    Map<String, Manifest.FileEntry> whole = Checkpoints.verify(last).files();
    Files.write(last.resolve(Checkpoints.ENCODER), new byte[10]);

    Recorder recorder = train("again", settings(2, 0, 1e-3), null, Integer.MAX_VALUE);

    assertThat(recorder.checkpoints).containsExactly("step-00000003", "step-00000006");
    assertThat(Checkpoints.verify(last).files()).isEqualTo(whole);
    assertThat(recorder.epochs).extracting(TrainingLog.EpochRow::epoch).containsExactly(1, 2);
    assertThat(recorder.evaluated).containsExactly(0, 2);
  }

  @Test
  void tooManyPicturesThatCannotBeReadAreNamed() throws IOException {
    Files.delete(Path.of(pictures.get(13)));

    assertThatThrownBy(() -> train("gone", settings(2, 0, 1e-3), null, Integer.MAX_VALUE))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("13.png cannot be read");
  }

  private Recorder train(String name, Settings settings, Path start, int steps)
      throws InterruptedException {
    Recorder recorder = new Recorder(steps);
    new Pretraining(run(name, settings, start), recorder).train();
    return recorder;
  }

  private Run run(String name, Settings settings, Path start) {
    List<Path> files = pictures.stream().map(Path::of).toList();
    return new Run(name, "tiny", settings, files, evaluated(), start, folder.resolve(name), null);
  }

  /** The first pictures are two of a class, half of them to learn from. */
  private Splits evaluated() {
    List<Labelled> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.add(new Labelled(Path.of(pictures.get(i)), "class " + i / 4, "picture " + i));
    }
    return new Splits(
        all.stream().filter(p -> all.indexOf(p) % 2 == 0).toList(),
        all.stream().filter(p -> all.indexOf(p) % 2 == 1).toList());
  }

  private static Settings settings(int epochs, int checkpointSteps, double rate) {
    return settings(TINY, epochs, checkpointSteps, rate);
  }

  private static Settings settings(
      Architecture architecture, int epochs, int checkpointSteps, double rate) {
    return SettingsJson.read(
        """
        {"architecture": %s, "epochs": %d, "batch": 4, "learningRate": %s, "weightDecay": 0.1,
         "maskRatio": 0.5, "headHidden": 16, "headOut": 8, "trainPatchProjection": true, "seed": 1,
         "checkpointSteps": %d, "threads": 1,
         "evaluation": {"everyEpochs": 2, "probeEpochs": 3, "batch": 4}}
        """
            .formatted(JSON.writeValueAsString(architecture), epochs, rate, checkpointSteps));
  }

  private static final class Recorder implements RunListener {

    private final List<Progress> progress = new ArrayList<>();
    private final List<TrainingLog.EpochRow> epochs = new ArrayList<>();
    private final List<String> checkpoints = new ArrayList<>();
    private final List<Integer> evaluated = new ArrayList<>();
    private History history = History.EMPTY;
    private final int steps;

    Recorder(int steps) {
      this.steps = steps;
    }

    @Override
    public void progress(Progress now) {
      progress.add(now);
    }

    @Override
    public void epoch(TrainingLog.EpochRow row) {
      epochs.add(row);
    }

    @Override
    public void evaluated(int epoch, History evaluations) {
      evaluated.add(epoch);
      history = evaluations;
    }

    @Override
    public void checkpoint(Path written, int epoch, long step, Double loss) {
      checkpoints.add(written.getFileName().toString());
    }

    @Override
    public Request asked() {
      return progress.size() >= steps ? Request.CANCEL : Request.GO_ON;
    }
  }
}
