package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.method.Objective;
import io.lodisc.model.method.Objective.Losses;
import io.lodisc.model.method.Objectives;
import io.lodisc.model.metrics.Similarity;
import io.lodisc.model.vit.Draw;
import io.lodisc.model.vit.Weights;
import io.lodisc.training.pretrain.LearningSteps.Measured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch of eight in two parts, against two batches of four. */
class LearningStepsTest {

  private static final int SIDE = 16;
  private static final int PICTURE = 3 * SIDE * SIDE;
  private static final double M = 0.9;
  private static final long STEP = 5;

  private NDManager manager;

  @BeforeEach
  void start() {
    Torch.start();
    manager = Torch.manager();
  }

  @AfterEach
  void stop() {
    manager.close();
  }

  /** What one part makes by itself, of the same weights. */
  private record Apart(
      Map<String, float[]> gradients, double loss, double local, Similarity pairs) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void partsGiveTheMeanOfTheirGradientsAndLossesAndMoveTheMomentumEncoderOnce(int updates) {
    Settings settings = settings(updates);
    Batch batch = batch();
    Apart first = apart(settings, batch, 0);
    Apart second = apart(settings, batch, 1);
    assertThat(Math.abs(first.loss() - second.loss())).isGreaterThan(0.05);
    Weights weights = weights(settings);
    Map<String, float[]> before = copy(weights.at("key"), weights.at("key").parameters());

    Measured measured =
        new LearningSteps(objective(settings, weights), manager, settings).run(batch, M, STEP);

    Map<String, float[]> gradients = gradients(weights);
    assertThat(distance(gradients, first.gradients())).isGreaterThan(0.1);
    assertThat(distance(gradients, mean(first.gradients(), second.gradients()))).isLessThan(1e-5);
    assertThat(measured.loss()).isCloseTo((first.loss() + second.loss()) / 2, within(1e-6));
    assertThat(measured.terms()).containsOnlyKeys("global", "local");
    assertThat(measured.terms().get("local"))
        .isCloseTo((first.local() + second.local()) / 2, within(1e-6));
    assertThat(measured.positive())
        .isCloseTo((first.pairs().positive() + second.pairs().positive()) / 2, within(1e-6));
    assertThat(measured.negative())
        .isCloseTo((first.pairs().negative() + second.pairs().negative()) / 2, within(1e-6));
    double kept = Math.pow(M, updates);
    for (String name : before.keySet()) {
      float[] key = weights.at("key").get(name).toFloatArray();
      float[] query = weights.at("query").get(name).toFloatArray();
      for (int i = 0; i < key.length; i++) {
        assertThat((double) key[i])
            .as(name)
            .isCloseTo(kept * before.get(name)[i] + (1 - kept) * query[i], within(1e-6));
      }
    }
  }

  @Test
  void eachPartSeesItsOwnRows() {
    Settings settings = settings(1);
    Batch batch = batch();
    double whole = run(settings, batch).loss();
    double first = apart(settings, batch, 0).loss();
    for (int row = 4; row < 8; row++) {
      System.arraycopy(batch.x1(), (row - 4) * PICTURE, batch.x2(), row * PICTURE, PICTURE);
    }

    double other = run(settings, batch).loss();

    double second = apart(settings, batch, 1).loss();
    assertThat(other)
        .isCloseTo((first + second) / 2, within(1e-6))
        .isNotCloseTo(whole, within(0.01));
  }

  private Measured run(Settings settings, Batch batch) {
    return new LearningSteps(objective(settings, weights(settings)), manager, settings)
        .run(batch, M, STEP);
  }

  /** A part as a batch of its own, numbered as the parts of all steps are. */
  private Apart apart(Settings settings, Batch batch, int part) {
    Weights weights = weights(settings);
    try (Scope scope = new Scope()) {
      float[] x = new float[2 * 4 * PICTURE];
      System.arraycopy(batch.x1(), part * 4 * PICTURE, x, 0, 4 * PICTURE);
      System.arraycopy(batch.x2(), part * 4 * PICTURE, x, 4 * PICTURE, 4 * PICTURE);
      Losses losses =
          objective(settings, weights)
              .step(manager.create(x, new Shape(8, 3, SIDE, SIDE)), M, 2 * STEP + part, 1);
      return new Apart(
          gradients(weights),
          losses.loss().getFloat(),
          losses.terms().getLast().loss().getFloat(),
          Similarities.of(losses.q(), losses.k()));
    }
  }

  /** Dropout and the mask are drawn, so that it shows which part is which. */
  private static Settings settings(int updates) {
    return SettingsJson.read(
        """
        {"architecture": {"imageSize": 16, "patch": 4, "width": 16, "depth": 2, "heads": 2},
         "batch": 8, "accumulation": 2, "momentumUpdates": %d, "headHidden": 16, "headOut": 8,
         "predictorDropout": 0.2, "mask": "random", "maskRatio": 0.5, "seed": 3}
        """
            .formatted(updates));
  }

  /** With a momentum encoder that is not the query encoder any more. */
  private Weights weights(Settings settings) {
    Run run = new Run("job", "data", settings, List.of(), null, null, null, null);
    Weights weights = StartWeights.of(run, manager);
    Draw draw = new Draw(7);
    Torch.withoutGradients(
        () -> {
          Weights query = weights.at("query");
          for (NDArray parameter : query.get(query.parameters())) {
            float[] noise = draw.normal((int) parameter.size(), 0.05);
            parameter.addi(manager.create(noise, parameter.getShape()));
          }
          return null;
        });
    return weights;
  }

  private static Objective objective(Settings settings, Weights weights) {
    return Objectives.of(
        settings.objective(),
        settings.architecture(),
        settings.headSizes(),
        settings.loDisc(),
        weights);
  }

  private static Batch batch() {
    Draw draw = new Draw(2);
    return new Batch(draw.normal(8 * PICTURE, 1), draw.normal(8 * PICTURE, 1), new int[8], 0);
  }

  private static Map<String, float[]> copy(Weights weights, List<String> names) {
    Map<String, float[]> copy = new LinkedHashMap<>();
    names.forEach(name -> copy.put(name, weights.get(name).toFloatArray()));
    return copy;
  }

  private static Map<String, float[]> gradients(Weights weights) {
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (String name : weights.trained()) {
      gradients.put(name, weights.get(name).getGradient().toFloatArray());
    }
    return gradients;
  }

  private static Map<String, float[]> mean(Map<String, float[]> a, Map<String, float[]> b) {
    Map<String, float[]> mean = new LinkedHashMap<>();
    a.forEach(
        (name, values) -> {
          float[] half = new float[values.length];
          for (int i = 0; i < half.length; i++) {
            half[i] = (values[i] + b.get(name)[i]) / 2;
          }
          mean.put(name, half);
        });
    return mean;
  }

  /** L2, over all tensors together, relative to what is expected. */
  private static double distance(Map<String, float[]> actual, Map<String, float[]> expected) {
    assertThat(actual).containsOnlyKeys(expected.keySet());
    double whole = 0;
    double off = 0;
    for (String name : expected.keySet()) {
      for (int i = 0; i < expected.get(name).length; i++) {
        whole += Math.pow(expected.get(name)[i], 2);
        off += Math.pow(actual.get(name)[i] - expected.get(name)[i], 2);
      }
    }
    return Math.sqrt(off / whole);
  }
}
