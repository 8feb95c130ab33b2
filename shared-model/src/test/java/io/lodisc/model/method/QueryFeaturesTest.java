package io.lodisc.model.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.method.QueryFeatures.Measured;
import io.lodisc.model.method.mask.MaskStrategy;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.model.vit.Draw;
import io.lodisc.model.vit.VisionTransformer;
import io.lodisc.model.vit.VisionTransformer.Attention;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured of a run that has trained, against the same layers number by number. */
class QueryFeaturesTest {

  private static final Architecture TINY = new Architecture(16, 4, 24, 2, 3, 2, Positions.LEARNED);
  private static final int SIDE = TINY.imageSize();
  private static final int BATCH = 6;
  private static final double EPSILON = 1e-5;

  /** The two profiles. */
  private enum Heads {
    PAPER(new HeadSizes(32, 16)),
    RELEASED(new HeadSizes(32, TINY.width(), false, 0.2));

    private final HeadSizes sizes;

    Heads(HeadSizes sizes) {
      this.sizes = sizes;
    }
  }

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

  @ParameterizedTest
  @EnumSource
  void predictedIsThePredictorByItsRunningStatisticsAndWithoutDropout(Heads heads) {
    Weights weights = trained(heads.sizes);
    NDArray x = pictures(9, BATCH);
    float[] all = new QueryFeatures(TINY, heads.sizes, weights).of(x).predicted().toFloatArray();

    double[][] y = classTokens(weights, x);
    if (heads.sizes.projector()) {
      y = layer(y, weights.at("query.projector"), 0, true);
      y = layer(y, weights.at("query.projector"), 1, true);
      y = layer(y, weights.at("query.projector"), 2, false);
    }
    y = layer(y, weights.at("predictor"), 0, true);
    y = layer(y, weights.at("predictor"), 1, false);

    int out = heads.sizes.out();
    assertThat(all).hasSize(BATCH * out);
    for (int i = 0; i < all.length; i++) {
      assertThat((double) all[i]).isCloseTo(y[i / out][i % out], within(1e-4));
    }
  }

  @ParameterizedTest
  @EnumSource
  void measuringChangesNothingAndGivesTheSameAgain(Heads heads) {
    Weights weights = trained(heads.sizes);
    Map<String, float[]> before = copy(weights);
    QueryFeatures features = new QueryFeatures(TINY, heads.sizes, weights);
    NDArray x = pictures(9, BATCH);

    Measured once = features.of(x);
    Measured again = features.of(x);

    assertThat(again.predicted().toFloatArray()).containsExactly(once.predicted().toFloatArray());
    assertThat(again.classToken().toFloatArray()).containsExactly(once.classToken().toFloatArray());
    assertThat(once.attention()).hasSize(2);
    assertThat(once.attention().getLast().getShape()).isEqualTo(new Shape(BATCH, 3, 1, 17));
    Map<String, float[]> after = copy(weights);
    before.forEach((name, values) -> assertThat(after.get(name)).as(name).isEqualTo(values));
  }

  /** After three steps; batch norm's running statistics have moved in each. */
  private Weights trained(HeadSizes heads) {
    Weights weights = new Weights(manager);
    LoDiscWeights.initializeQuery(weights, TINY, heads, 0.5, 1);
    LoDiscWeights.copyQueryToKey(weights);
    LoDiscWeights.train(weights, TINY, true);
    LocalBranch local = new LocalBranch(MaskStrategy.named("location"), 0.5, MaskedTokens.ZEROED);
    LoDiscOptions options = new LoDiscOptions(Branches.GLOBAL_LOCAL, 0.2, local, 1, false, 4);
    LoDisc lodisc = new LoDisc(TINY, heads, options, weights, Kernel.FUSED);
    AdamW optimizer = new AdamW(weights, 0.1, 0);
    Map<String, float[]> before = copy(weights);
    for (int step = 0; step < 3; step++) {
      try (Scope scope = new Scope()) {
        lodisc.run(pictures(step, 2 * BATCH), 0.99, step, 1);
        optimizer.step(0.01);
      }
    }
    before.forEach(
        (name, values) -> {
          if (name.contains("running") && !name.startsWith("key.")) {
            assertThat(weights.get(name).toFloatArray()).as(name).isNotEqualTo(values);
          }
        });
    return weights;
  }

  /** A linear layer without bias, batch norm by its running statistics, and perhaps ReLU. */
  private static double[][] layer(double[][] x, Weights head, int index, boolean isHidden) {
    Weights norm = head.at(String.valueOf(3 * index + 1));
    float[] w = head.get(3 * index + ".weight").toFloatArray();
    float[] mean = norm.get("running_mean").toFloatArray();
    float[] variance = norm.get("running_var").toFloatArray();
    float[] scale = isHidden ? norm.get("weight").toFloatArray() : null;
    float[] shift = isHidden ? norm.get("bias").toFloatArray() : null;
    double[][] y = new double[x.length][mean.length];
    for (int row = 0; row < x.length; row++) {
      int in = x[row].length;
      for (int column = 0; column < mean.length; column++) {
        double sum = 0;
        for (int d = 0; d < in; d++) {
          sum += x[row][d] * w[column * in + d];
        }
        double normal = (sum - mean[column]) / Math.sqrt(variance[column] + EPSILON);
        y[row][column] = isHidden ? Math.max(0, normal * scale[column] + shift[column]) : normal;
      }
    }
    return y;
  }

  private static double[][] classTokens(Weights weights, NDArray x) {
    VisionTransformer backbone =
        new VisionTransformer(TINY, weights.at("query.backbone"), Kernel.PLAIN);
    float[] values =
        Torch.withoutGradients(
            () -> backbone.forward(x, Attention.ALL).classToken().toFloatArray());
    double[][] rows = new double[BATCH][TINY.width()];
    for (int i = 0; i < values.length; i++) {
      rows[i / TINY.width()][i % TINY.width()] = values[i];
    }
    return rows;
  }

  private NDArray pictures(long seed, int count) {
    float[] values = new Draw(seed).normal(count * 3 * SIDE * SIDE, 1);
    return manager.create(values, new Shape(count, 3, SIDE, SIDE));
  }

  private static Map<String, float[]> copy(Weights weights) {
    Map<String, float[]> copy = new LinkedHashMap<>();
    weights.forEach((name, tensor) -> copy.put(name, tensor.toFloatArray()));
    return copy;
  }
}
