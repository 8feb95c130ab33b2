package io.lodisc.training.evaluation;

import io.lodisc.model.image.Preprocessing;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Evaluates encoders on the same pictures, time and again. The engine must have been started. */
public final class Evaluator {

  private final Splits splits;
  private final Preprocessing preprocessing;
  private final EvaluationSettings settings;
  private final long seed;
  private final int threads;

  /**
   * @param preprocessing the side of the encoder's input, and its mean and deviation; pictures are
   *     scaled and cut as the evaluation protocol says, not as this does
   * @param seed of the probe and its views, and of samples
   * @param threads that decode
   */
  public Evaluator(
      Splits splits,
      Preprocessing preprocessing,
      EvaluationSettings settings,
      long seed,
      int threads) {
    this.splits = splits;
    this.preprocessing = preprocessing;
    this.settings = settings;
    this.seed = seed;
    this.threads = threads;
  }

  /**
   * Measures an encoder. The same encoder gives the same numbers every time.
   *
   * @param probe whether to train a linear probe, as {@link EvaluationSettings#isProbeDue} says
   * @param cancelled asked before every batch
   * @throws EvaluationException if too many pictures cannot be read, or the encoder's output is no
   *     number
   * @throws CancellationException if it was cancelled
   */
  public Evaluation run(FeatureExtractor extractor, boolean probe, BooleanSupplier cancelled)
      throws InterruptedException {
    try (Extraction extraction =
        new Extraction(extractor, preprocessing.size(), settings, threads, cancelled)) {
      EvaluationViews views = new EvaluationViews(preprocessing, seed);
      return new Protocol(splits, settings, seed, views, extraction).run(probe);
    }
  }
}
