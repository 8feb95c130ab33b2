package io.lodisc.model.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Ops;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.metrics.Accuracy;
import io.lodisc.model.random.Counter;
import io.lodisc.model.vit.Draw;

/**
 * A linear classifier on frozen features, trained as MoCo v3's linear evaluation is: weight N(0,
 * 0.01), bias 0; SGD with momentum 0.9 and no weight decay, batch 256, rate 0.5 x batch/256, cosine
 * per epoch to 0. The order of an epoch depends on the seed and the epoch alone; the last partial
 * batch counts.
 */
public final class LinearProbe implements AutoCloseable {

  private static final int BATCH = 256;
  private static final int ROWS_TO_SCORE = 4096;
  private static final double RATE_AT_256 = 0.5;
  private static final double MOMENTUM = 0.9;
  private static final double DEVIATION = 0.01;

  private final NDManager manager = Torch.manager();
  private final int dimension;
  private final int classes;
  private final int epochs;
  private final int batch;
  private final long seed;
  private final NDArray weight;
  private final NDArray bias;
  private final NDArray weightVelocity;
  private final NDArray biasVelocity;
  private int epoch;

  /**
   * @param epochs how often {@link #train} will be called; the rate falls to 0 over them
   */
  public LinearProbe(int dimension, int classes, int epochs, long seed) {
    this(dimension, classes, epochs, BATCH, seed);
  }

  LinearProbe(int dimension, int classes, int epochs, int batch, long seed) {
    this.dimension = dimension;
    this.classes = classes;
    this.epochs = epochs;
    this.batch = batch;
    this.seed = seed;
    Shape shape = new Shape(classes, dimension);
    float[] start = new Draw(seed).normal(classes * dimension, DEVIATION);
    this.weight = manager.create(start, shape);
    this.bias = manager.zeros(new Shape(classes));
    this.weightVelocity = manager.zeros(shape);
    this.biasVelocity = manager.zeros(new Shape(classes));
  }

  /**
   * Trains one epoch; the next call is the next epoch.
   *
   * @param features one row a picture, always the same pictures in the same order, each epoch with
   *     views of its own or not
   * @param labels the classes, from 0
   */
  public void train(float[][] features, int[] labels) {
    if (epoch == epochs) {
      throw new IllegalStateException("the probe has had its %d epochs".formatted(epochs));
    }
    double rate = RATE_AT_256 * batch / 256 * (1 + Math.cos(Math.PI * epoch / epochs)) / 2;
    int[] order = Counter.shuffle(features.length, seed, epoch);
    for (int from = 0; from < order.length; from += batch) {
      int at = from;
      int size = Math.min(batch, order.length - from);
      Torch.withoutGradients(() -> step(features, labels, order, at, size, rate));
    }
    epoch++;
  }

  /** The accuracy on other features, of which there must be at least one. */
  public Accuracy score(float[][] features, int[] labels) {
    int[] places = new int[features.length];
    for (int from = 0; from < places.length; from += ROWS_TO_SCORE) {
      int size = Math.min(ROWS_TO_SCORE, places.length - from);
      float[] logits = logits(features, from, size);
      for (int i = 0; i < size; i++) {
        places[from + i] = place(logits, i * classes, labels[from + i]);
      }
    }
    return Accuracy.of(places);
  }

  /** Cross-entropy's gradient by the logits is softmax - one-hot, over the batch's size. */
  private Void step(
      float[][] features, int[] labels, int[] order, int from, int size, double rate) {
    float[] rows = new float[size * dimension];
    float[] oneHot = new float[size * classes];
    for (int i = 0; i < size; i++) {
      int picture = order[from + i];
      System.arraycopy(features[picture], 0, rows, i * dimension, dimension);
      oneHot[i * classes + labels[picture]] = 1;
    }
    try (Scope scope = new Scope()) {
      NDArray x = manager.create(rows, new Shape(size, dimension));
      NDArray truth = manager.create(oneHot, new Shape(size, classes));
      NDArray likelihood = Ops.linear(x, weight, bias).softmax(1);
      NDArray error = Ops.scale(likelihood.sub(truth), 1.0 / size);
      descend(weight, weightVelocity, error.transpose().matMul(x), rate);
      descend(bias, biasVelocity, error.sum(new int[] {0}), rate);
    }
    return null;
  }

  private void descend(NDArray parameter, NDArray velocity, NDArray gradient, double rate) {
    velocity.muli(manager.create((float) MOMENTUM)).addi(gradient);
    parameter.subi(Ops.scale(velocity, rate));
  }

  float[] logits(float[][] features, int from, int size) {
    float[] rows = new float[size * dimension];
    for (int i = 0; i < size; i++) {
      System.arraycopy(features[from + i], 0, rows, i * dimension, dimension);
    }
    return Torch.withoutGradients(
        () -> {
          try (Scope scope = new Scope()) {
            NDArray x = manager.create(rows, new Shape(size, dimension));
            return Ops.linear(x, weight, bias).toFloatArray();
          }
        });
  }

  /** The place of the right class, from 0; equal logits go by the class's number. */
  private int place(float[] logits, int from, int right) {
    int ahead = 0;
    for (int c = 0; c < classes; c++) {
      float difference = logits[from + c] - logits[from + right];
      if (difference > 0 || difference == 0 && c < right) {
        ahead++;
      }
    }
    return ahead;
  }

  @Override
  public void close() {
    manager.close();
  }
}
