package io.lodisc.training.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.metrics.AttentionEntropy;
import io.lodisc.training.evaluation.FeatureExtractor.Features;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The features of some pictures, in their order, without those that could not be read. */
final class Extracted {

  private final List<Labelled> pictures = new ArrayList<>();
  private final List<float[]> classTokens = new ArrayList<>();
  private final List<float[]> predictions = new ArrayList<>();
  private double attentionNats;
  private double attentionShare;
  private int attended;

  /**
   * Adds a batch.
   *
   * @throws EvaluationException if a feature is no number
   */
  void add(List<Labelled> batch, Features features) {
    addRows(batch, features.classToken(), classTokens);
    if (features.predicted() != null) {
      addRows(batch, features.predicted(), predictions);
    }
    if (features.attention() != null) {
      int patches = (int) features.attention().getShape().getLastDimension() - 1;
      AttentionEntropy entropy = AttentionEntropy.of(features.attention().toFloatArray(), patches);
      attentionNats += entropy.nats() * batch.size();
      attentionShare += entropy.share() * batch.size();
      attended += batch.size();
    }
    pictures.addAll(batch);
  }

  List<Labelled> pictures() {
    return pictures;
  }

  /** B x D. */
  float[][] classTokens() {
    return classTokens.toArray(float[][]::new);
  }

  /** B x out; none if the encoder has no predictor. */
  float[][] predictions() {
    return predictions.toArray(float[][]::new);
  }

  /** Mean over the pictures; null if there was no attention. */
  AttentionEntropy attention() {
    return attended == 0
        ? null
        : new AttentionEntropy(attentionNats / attended, attentionShare / attended);
  }

  private static void addRows(List<Labelled> batch, NDArray features, List<float[]> rows) {
    Shape shape = features.getShape();
    if (shape.dimension() != 2 || shape.get(0) != batch.size()) {
      throw new IllegalStateException(
          "%d pictures gave features of shape %s".formatted(batch.size(), shape));
    }
    float[] values = features.toFloatArray();
    int length = values.length / batch.size();
    for (int i = 0; i < batch.size(); i++) {
      float[] row = Arrays.copyOfRange(values, i * length, (i + 1) * length);
      for (float value : row) {
        if (!Float.isFinite(value)) {
          throw new EvaluationException(
              "The encoder gives %s for %s.".formatted(value, batch.get(i).file()),
              "The weights have diverged; go back to an earlier checkpoint.",
              null);
        }
      }
      rows.add(row);
    }
  }
}
