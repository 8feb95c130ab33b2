package io.lodisc.training.evaluation;

import io.lodisc.model.image.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A tiny encoder and pictures of seven classes to evaluate it on: 35 to learn from, 28 to measure.
 */
record StripedSplits(TinyEncoder encoder, List<Labelled> train, List<Labelled> test)
    implements AutoCloseable {

  static final Preprocessing PREPROCESSING = Preprocessing.imagenet(TinyEncoder.SIDE);
  static final int CLASSES = 7;
  static final long SEED = 5;

  static StripedSplits in(Path folder) throws IOException {
    return new StripedSplits(
        new TinyEncoder(1),
        PictureFiles.write(folder.resolve("train"), CLASSES, 5, 1),
        PictureFiles.write(folder.resolve("test"), CLASSES, 4, 2));
  }

  Evaluation evaluate(EvaluationSettings settings, boolean probe) throws InterruptedException {
    return evaluate(train, test, settings, probe);
  }

  /** On other pictures. */
  Evaluation evaluate(
      List<Labelled> train, List<Labelled> test, EvaluationSettings settings, boolean probe)
      throws InterruptedException {
    return evaluate(encoder, new Splits(train, test), settings, probe);
  }

  /** Of another encoder, without a probe. */
  Evaluation evaluate(FeatureExtractor extractor, EvaluationSettings settings)
      throws InterruptedException {
    return evaluate(extractor, new Splits(train, test), settings, false);
  }

  private static Evaluation evaluate(
      FeatureExtractor extractor, Splits splits, EvaluationSettings settings, boolean probe)
      throws InterruptedException {
    return new Evaluator(splits, PREPROCESSING, settings, SEED, 3)
        .run(extractor, probe, () -> false);
  }

  static EvaluationSettings settings(boolean knn, int probeEpochs) {
    return settings(knn, probeEpochs, 20);
  }

  static EvaluationSettings settings(boolean knn, int probeEpochs, int sample) {
    return new EvaluationSettings(1, knn, probeEpochs, false, ProbeViews.AUGMENTED, 8, sample, 0);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
