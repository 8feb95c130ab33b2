package io.lodisc.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Bfloat16Test {

  /** Half the distance of two neighbours at 1: bfloat16 has 8 significant bits. */
  private static final double UNIT = Math.pow(2, -8);

  private static final int BATCH = 2;
  private static final int TOKENS = 9;
  private static final int HEADS = 3;
  private static final int WIDTH = 24;

  private final Random random = new Random(1);
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

  @Test
  void productsOfSmallIntegersAreExact() {
    NDArray x = integers(3, 5, 16);
    NDArray weight = integers(7, 16);
    NDArray bias = integers(7);

    assertThat(in(Precision.BF16, () -> Ops.linear(x, weight, bias)).toFloatArray())
        .containsExactly(Ops.linear(x, weight, bias).toFloatArray());
    assertThat(in(Precision.BF16, () -> Ops.linear(x, weight, null)).toFloatArray())
        .containsExactly(Ops.linear(x, weight, null).toFloatArray());
  }

  @Test
  void whatNeedsMoreBitsIsRoundedInsideAndNotOutside() {
    NDArray x = manager.create(new float[] {(float) (1 + UNIT / 2)}, new Shape(1, 1));
    NDArray one = manager.ones(new Shape(1, 1));

    assertThat(in(Precision.BF16, () -> Ops.linear(x, one, null)).getFloat()).isEqualTo(1);
    assertThat(in(Precision.TF32, () -> Ops.linear(x, one, null)).getFloat())
        .isEqualTo(x.getFloat());
    assertThat(Ops.linear(x, one, null).getFloat()).isEqualTo(x.getFloat());
  }

  @Test
  void anMlpAndItsGradientsAreThoseOfFloat32ToTheRounding() {
    List<NDArray> parameters =
        List.of(
            numbers(1, BATCH, TOKENS, WIDTH),
            numbers(0.3, 4 * WIDTH, WIDTH),
            numbers(0.3, 4 * WIDTH),
            numbers(0.3, WIDTH, 4 * WIDTH),
            numbers(0.3, WIDTH));
    Supplier<NDArray> mlp =
        () ->
            Ops.mlp(
                parameters.get(0),
                parameters.get(1),
                parameters.get(2),
                parameters.get(3),
                parameters.get(4));

    assertNearFloat32(parameters, mlp, mlp);
  }

  @Test
  void selfAttentionAndItsGradientsAreThoseOfFloat32ToTheRounding() {
    List<NDArray> p = attentionParameters();

    assertNearFloat32(
        p,
        () -> plainAttention(p),
        () -> Bfloat16.attention(p.get(0), p.get(1), perHead(p.get(2)), p.get(3), p.get(4)));
  }

  @Test
  void theFirstRowOfAttentionIsASoftmaxInFloat32() {
    List<NDArray> p = attentionParameters();
    NDList both =
        Torch.withoutGradients(
            () ->
                Bfloat16.attentionAndRow(
                    p.get(0), p.get(1), perHead(p.get(2)), p.get(3), p.get(4)));
    NDArray tokens =
        Torch.withoutGradients(
            () -> Bfloat16.attention(p.get(0), p.get(1), perHead(p.get(2)), p.get(3), p.get(4)));

    assertThat(both.get(0).toFloatArray()).containsExactly(tokens.toFloatArray());
    NDArray row = both.get(1);
    assertThat(row.getShape()).isEqualTo(new Shape(BATCH, HEADS, 1, TOKENS));
    assertThat(row.getDataType()).isEqualTo(DataType.FLOAT32);
    for (float sum : row.sum(new int[] {3}).toFloatArray()) {
      assertThat(sum).isCloseTo(1, within(1e-6f));
    }
    NDArray plain = softmax(split(p, 0), split(p, 1)).get(":,:,0:1");
    assertThat(distance(row.toFloatArray(), plain.toFloatArray())).isBetween(1e-6, 4 * UNIT);
  }

  @Test
  void theSameAgainIsTheSameToTheBit() {
    List<NDArray> p = attentionParameters();
    p.forEach(parameter -> parameter.setRequiresGradient(true));
    Supplier<NDArray> attention =
        () -> Bfloat16.attention(p.get(0), p.get(1), perHead(p.get(2)), p.get(3), p.get(4));
    List<float[]> first = valueAndGradients(p, Precision.BF16, attention);

    for (int again = 0; again < 4; again++) {
      List<float[]> next = valueAndGradients(p, Precision.BF16, attention);
      for (int i = 0; i < first.size(); i++) {
        assertThat(next.get(i)).containsExactly(first.get(i));
      }
    }
  }

  /** Three roundings or so a value, of half a unit each, add up like random numbers. */
  private void assertNearFloat32(
      List<NDArray> parameters, Supplier<NDArray> exact, Supplier<NDArray> rounded) {
    parameters.forEach(parameter -> parameter.setRequiresGradient(true));
    List<float[]> expected = valueAndGradients(parameters, Precision.FP32, exact);
    List<float[]> actual = valueAndGradients(parameters, Precision.BF16, rounded);

    for (int i = 0; i < expected.size(); i++) {
      assertThat(distance(actual.get(i), expected.get(i)))
          .as("tensor %d", i)
          .isBetween(UNIT / 100, 4 * UNIT);
    }
  }

  /** Of the sum of squares. */
  private List<float[]> valueAndGradients(
      List<NDArray> parameters, Precision precision, Supplier<NDArray> computation) {
    NDArray y = Torch.withGradients(() -> in(precision, computation));
    assertThat(y.getDataType()).isEqualTo(DataType.FLOAT32);
    Ops.backward(Torch.withGradients(() -> y.mul(y).sum()), 1);
    List<float[]> all = new ArrayList<>(List.of(y.toFloatArray()));
    for (NDArray parameter : parameters) {
      NDArray gradient = parameter.getGradient();
      assertThat(gradient.getDataType()).isEqualTo(DataType.FLOAT32);
      all.add(gradient.toFloatArray());
      Torch.withoutGradients(() -> gradient.muli(0));
    }
    return all;
  }

  private static NDArray in(Precision precision, Supplier<NDArray> computation) {
    return Torch.inPrecision(precision, computation);
  }

  private List<NDArray> attentionParameters() {
    return List.of(
        numbers(1, BATCH, TOKENS, WIDTH),
        numbers(0.3, 3 * WIDTH, WIDTH),
        numbers(0.3, 3 * WIDTH),
        numbers(0.3, WIDTH, WIDTH),
        numbers(0.3, WIDTH));
  }

  private static NDArray plainAttention(List<NDArray> p) {
    NDArray mixed = softmax(split(p, 0), split(p, 1)).matMul(split(p, 2));
    return Ops.linear(mixed.swapAxes(1, 2).reshape(BATCH, TOKENS, WIDTH), p.get(3), p.get(4));
  }

  private static NDArray softmax(NDArray q, NDArray k) {
    return Ops.scale(q.matMul(k.swapAxes(2, 3)), 1 / Math.sqrt((double) WIDTH / HEADS)).softmax(-1);
  }

  private static NDArray split(List<NDArray> p, int part) {
    return Ops.linear(p.get(0), p.get(1), p.get(2))
        .reshape(BATCH, TOKENS, 3, HEADS, WIDTH / HEADS)
        .transpose(2, 0, 3, 1, 4)
        .get(part);
  }

  private static NDArray perHead(NDArray bias) {
    return bias.reshape(3, HEADS, WIDTH / HEADS);
  }

  private NDArray integers(long... shape) {
    return filled(new Shape(shape), () -> (float) random.nextInt(-3, 4));
  }

  private NDArray numbers(double deviation, long... shape) {
    return filled(new Shape(shape), () -> (float) (deviation * random.nextGaussian()));
  }

  private NDArray filled(Shape shape, Supplier<Float> next) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = next.get();
    }
    return manager.create(values, shape);
  }

  /** Relative, by the L2 norm. */
  private static double distance(float[] actual, float[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }
}
