package io.lodisc.training.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Precision;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.method.Objective;
import io.lodisc.model.method.Objective.Losses;
import io.lodisc.model.method.Objective.Term;
import io.lodisc.model.metrics.Similarity;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes a batch through the objective, in as many parts as the settings say. */
final class LearningSteps {

  /** Means over the parts. */
  record Measured(double loss, Map<String, Double> terms, double positive, double negative) {

    private Measured plus(Measured other, double weight) {
      Map<String, Double> sums = new LinkedHashMap<>(terms);
      other.terms.forEach((name, value) -> sums.merge(name, weight * value, Double::sum));
      return new Measured(
          loss + weight * other.loss,
          sums,
          positive + weight * other.positive,
          negative + weight * other.negative);
    }
  }

  private final Objective objective;
  private final NDManager manager;
  private final int part;
  private final int parts;
  private final int side;
  private final Precision precision;

  LearningSteps(Objective objective, NDManager manager, Settings settings) {
    this.objective = objective;
    this.manager = manager;
    this.parts = settings.accumulation();
    this.part = settings.batch() / parts;
    this.side = settings.architecture().imageSize();
    this.precision = settings.precision();
  }

  /**
   * Adds the gradients of a batch to the parameters.
   *
   * @param m momentum of the moving average, which moves once
   */
  Measured run(Batch batch, double m, long step) {
    Measured sum = new Measured(0, Map.of(), 0, 0);
    for (int i = 0; i < parts; i++) {
      try (Scope scope = new Scope()) {
        NDArray x = NDArrays.concat(new NDList(part(batch.x1(), i), part(batch.x2(), i)), 0);
        double momentum = i == 0 ? m : 1;
        long count = step * parts + i;
        Losses losses =
            Torch.inPrecision(precision, () -> objective.step(x, momentum, count, 1.0 / parts));
        sum = sum.plus(measured(losses), 1.0 / parts);
      }
    }
    return sum;
  }

  private NDArray part(float[] views, int index) {
    int length = part * 3 * side * side;
    float[] values =
        parts == 1 ? views : Arrays.copyOfRange(views, index * length, (index + 1) * length);
    return manager.create(values, new Shape(part, 3, side, side));
  }

  private static Measured measured(Losses losses) {
    Map<String, Double> terms = new LinkedHashMap<>();
    for (Term term : losses.terms()) {
      terms.put(term.name(), (double) term.loss().getFloat());
    }
    Similarity similarity = Similarities.of(losses.q(), losses.k());
    return new Measured(
        losses.loss().getFloat(), terms, similarity.positive(), similarity.negative());
  }
}
