package io.lodisc.training.pretrain;

import io.lodisc.model.method.QueryFeatures;
import io.lodisc.model.method.QueryFeatures.Measured;
import io.lodisc.training.evaluation.Evaluation;
import io.lodisc.training.evaluation.EvaluationSettings;
import io.lodisc.training.evaluation.Evaluator;
import io.lodisc.training.evaluation.FeatureExtractor;
import io.lodisc.training.evaluation.FeatureExtractor.Features;
import io.lodisc.training.pretrain.RunListener.Request;

/** Evaluates the query encoder as it is, when it is due. */
final class Measurement {

  private final EvaluationSettings settings;
  private final int epochs;
  private final TrainingLog log;
  private final RunListener listener;
  private final Evaluator evaluator;
  private final FeatureExtractor extractor;

  Measurement(Run run, TrainingState state, RunListener listener, int threads) {
    Settings s = run.settings();
    this.settings = s.evaluation();
    this.epochs = s.epochs();
    this.log = state.log();
    this.listener = listener;
    this.evaluator =
        run.evaluated() == null
            ? null
            : new Evaluator(run.evaluated(), s.preprocessing(), settings, s.seed(), threads);
    QueryFeatures query = new QueryFeatures(s.architecture(), s.headSizes(), state.weights());
    this.extractor =
        x -> {
          Measured measured = query.of(x);
          return new Features(
              measured.classToken(), measured.predicted(), measured.attention().getLast());
        };
  }

  /**
   * @param epoch 0: the start weights
   */
  void after(int epoch) throws InterruptedException {
    if (evaluator == null || !settings.isDue(epoch, epochs)) {
      return;
    }
    boolean probe = settings.isProbeDue(epoch, epochs);
    Evaluation evaluation =
        evaluator.run(extractor, probe, () -> listener.asked() == Request.CANCEL);
    log.evaluated(epoch, evaluation);
    listener.evaluated(epoch, log.evaluations());
  }
}
