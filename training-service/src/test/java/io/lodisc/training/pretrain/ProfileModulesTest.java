package io.lodisc.training.pretrain;

import static io.lodisc.training.pretrain.TinyProfile.BATCH;
import static io.lodisc.training.pretrain.TinyProfile.HIDDEN;
import static io.lodisc.training.pretrain.TinyProfile.OUT;
import static io.lodisc.training.pretrain.TinyProfile.WIDTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.encoder.TensorWeights;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.exchange.ImportedEncoder;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.model.vit.Draw;
import io.lodisc.model.vit.VitWeights;
import io.lodisc.model.vit.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the two profiles make: their weights, layer by layer, and what these compute. */
class ProfileModulesTest {

  private static final String PATCHES = "query.backbone.patch_embed.proj.weight";
  private static final String POSITIONS = "query.backbone.pos_embed";

  @TempDir private Path folder;
  private NDManager manager;
  private TinyProfile paper;
  private TinyProfile released;

  @BeforeEach
  void make() {
    Torch.start();
    manager = Torch.manager();
    paper = TinyProfile.of(manager, "paper");
    released = TinyProfile.of(manager, "released");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void onlyThePaperHasAProjectorOfThreeLinearLayers() {
    Shape hidden = new Shape(HIDDEN);
    for (String side : List.of("query", "key")) {
      assertThat(paper.shapes(side + ".projector"))
          .containsExactlyInAnyOrderEntriesOf(
              Map.ofEntries(
                  Map.entry("0.weight", new Shape(HIDDEN, WIDTH)),
                  Map.entry("1.weight", hidden),
                  Map.entry("1.bias", hidden),
                  Map.entry("1.running_mean", hidden),
                  Map.entry("1.running_var", hidden),
                  Map.entry("3.weight", new Shape(HIDDEN, HIDDEN)),
                  Map.entry("4.weight", hidden),
                  Map.entry("4.bias", hidden),
                  Map.entry("4.running_mean", hidden),
                  Map.entry("4.running_var", hidden),
                  Map.entry("6.weight", new Shape(OUT, HIDDEN)),
                  Map.entry("7.running_mean", new Shape(OUT)),
                  Map.entry("7.running_var", new Shape(OUT))));
      assertThat(released.shapes(side + ".projector")).isEmpty();
    }
  }

  @Test
  void bothPredictByTwoLinearLayersOnTheQuerySideAlone() {
    assertThat(paper.shapes("predictor")).containsExactlyInAnyOrderEntriesOf(predictor(OUT));
    assertThat(released.shapes("predictor")).containsExactlyInAnyOrderEntriesOf(predictor(WIDTH));
    for (TinyProfile profile : List.of(paper, released)) {
      assertThat(profile.shapes("key").keySet()).noneMatch(name -> name.contains("predictor"));
    }
  }

  @Test
  void thePaperContrastsWhatItsProjectorMakesOfTheClassToken() {
    NDArray k = paper.step(1).k();

    for (int view = 0; view < 2; view++) {
      double[][] y = paper.classTokens(view);
      y = PlainHead.hidden(y, paper.weights().get("key.projector.0.weight"));
      y = PlainHead.hidden(y, paper.weights().get("key.projector.3.weight"));
      y = PlainHead.last(y, paper.weights().get("key.projector.6.weight"));
      assertClose(TinyProfile.rows(k, view), y);
    }
  }

  @Test
  void theReleasedCodeContrastsTheClassTokenItself() {
    NDArray k = released.step(1).k();

    for (int view = 0; view < 2; view++) {
      assertClose(TinyProfile.rows(k, view), released.classTokens(view));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"paper", "released"})
  void onlyTheReleasedPredictorDropsValuesOutAndDoesSoAfterItsReLU(String name) {
    TinyProfile profile = TinyProfile.of(manager, name, "\"projector\": false,", null);
    // each output shows one hidden value: what reaches the last layer can be told from its norm
    float[] select = new float[WIDTH * HIDDEN];
    for (int i = 0; i < WIDTH; i++) {
      select[i * HIDDEN + i] = 1;
    }
    profile.weights().put("predictor.3.weight", select, new Shape(WIDTH, HIDDEN));

    NDArray q = profile.step(1).q();

    int dropped = 0;
    int positive = 0;
    for (int view = 0; view < 2; view++) {
      double[][] seen = TinyProfile.rows(q, view);
      double[][] hidden =
          PlainHead.hidden(profile.classTokens(view), profile.weights().get("predictor.0.weight"));
      for (int i = 0; i < WIDTH; i++) {
        double[] values = column(hidden, i);
        double[] output = column(seen, i);
        double zero = output[indexOfZero(values)];
        for (int row = 0; row < BATCH; row++) {
          if (values[row] > 0.002) {
            positive++;
            if (Math.abs(output[row] - zero) < 1e-3) {
              dropped++;
              values[row] = 0;
            }
          }
        }
        assertThat(output).containsExactly(PlainHead.norm(values), within(0.02));
      }
    }
    double share = name.equals("paper") ? 0 : 0.2;
    assertThat(dropped / (double) positive).isCloseTo(share, within(share / 5));
  }

  @Test
  void onlyTheReleasedCodeTrainsItsPatchProjectionAndDrawsAndTrainsPositions() {
    assertThat(paper.weights().trained()).doesNotContain(PATCHES, POSITIONS);
    assertThat(released.weights().trained()).contains(PATCHES, POSITIONS);
    for (TinyProfile profile : List.of(paper, released)) {
      assertThat(profile.weights().trained())
          .contains("query.backbone.cls_token", "predictor.0.weight", "predictor.1.bias")
          .noneMatch(name -> name.startsWith("key."));
    }
    float[] sinCos = paper.weights().get(POSITIONS).toFloatArray();
    assertThat(sinCos).startsWith(new float[WIDTH]);
    assertThat(released.weights().get(POSITIONS).toFloatArray()[0]).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"paper", "released"})
  void bothTakeImportedStartWeightsWithTheirLearnedPositions(String name) throws IOException {
    Architecture theirs = new Architecture(16, 4, WIDTH, 2, 2, 4, Positions.LEARNED);
    Weights imported = new Weights(manager);
    VitWeights.initialize(imported, theirs, 0.02, new Draw(9));
    Path start = folder.resolve("start");
    new ImportedEncoder("torchvision", theirs, TensorWeights.copy(imported), List.of(), List.of())
        .write(start, Preprocessing.imagenet(16), Instant.EPOCH);

    TinyProfile profile = TinyProfile.of(manager, name, "", start);

    imported.forEach(
        (tensor, values) ->
            assertThat(profile.weights().get("query.backbone." + tensor).toFloatArray())
                .as(tensor)
                .isEqualTo(values.toFloatArray()));
    assertThat(profile.weights().trained()).contains(POSITIONS);
  }

  @Test
  void theReleasedAverageMovesFourTimesAStep() {
    assertThat(followed(paper)).isCloseTo(1 - 0.5f, within(1e-6f));
    assertThat(followed(released)).isCloseTo(1 - 0.0625f, within(1e-6f));
  }

  @Test
  void thePaperKeepsOnePatchMoreOf196() {
    NDArray scores = manager.create(new Draw(3).normal(196, 1), new Shape(1, 196));

    assertThat(kept(paper, scores)).isEqualTo(59);
    assertThat(kept(released, scores)).isEqualTo(58);
  }

  private static Map<String, Shape> predictor(int out) {
    Shape hidden = new Shape(HIDDEN);
    return Map.of(
        "0.weight",
        new Shape(HIDDEN, out),
        "1.weight",
        hidden,
        "1.bias",
        hidden,
        "1.running_mean",
        hidden,
        "1.running_var",
        hidden,
        "3.weight",
        new Shape(out, HIDDEN),
        "4.running_mean",
        new Shape(out),
        "4.running_var",
        new Shape(out));
  }

  /** How far a momentum encoder's 0 has come towards the query encoder's 1 at m = 0.5. */
  private static float followed(TinyProfile profile) {
    Torch.withoutGradients(() -> profile.weights().get("query.backbone.norm.bias").addi(1));
    profile.step(0.5);
    return profile.weights().get("key.backbone.norm.bias").toFloatArray()[0];
  }

  private static float kept(TinyProfile profile, NDArray scores) {
    Settings settings = profile.settings();
    return settings.mask().mask(scores, settings.maskRatio()).sum().getFloat();
  }

  private static double[] column(double[][] rows, int column) {
    double[] values = new double[rows.length];
    for (int row = 0; row < rows.length; row++) {
      values[row] = rows[row][column];
    }
    return values;
  }

  private static int indexOfZero(double[] values) {
    int index = 0;
    while (values[index] != 0) {
      index++;
    }
    return index;
  }

  private static void assertClose(double[][] actual, double[][] expected) {
    assertThat(actual).hasDimensions(expected.length, expected[0].length);
    for (int row = 0; row < expected.length; row++) {
      assertThat(actual[row]).containsExactly(expected[row], within(1e-3));
    }
  }
}
