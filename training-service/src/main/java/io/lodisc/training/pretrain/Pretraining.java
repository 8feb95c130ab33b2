package io.lodisc.training.pretrain;

import ai.djl.ndarray.NDManager;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.method.Objective;
import io.lodisc.model.method.Objectives;
import io.lodisc.model.method.schedule.Momentum;
import io.lodisc.training.evaluation.EvaluationException;
import io.lodisc.training.pictures.PictureCache;
import io.lodisc.training.pretrain.LearningSteps.Measured;
import io.lodisc.training.pretrain.RunListener.Progress;
import io.lodisc.training.pretrain.TrainingLog.Pace;
import io.lodisc.training.pretrain.TrainingLog.StepMeasure;
import io.lodisc.training.views.Views;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * A pretraining run, from start weights, or from where it was ended before, to the last checkpoint.
 */
public final class Pretraining {

  /** Pictures of a batch that an error names. */
  private static final int NAMED = 5;

  /** A process that is given up ends after its step; until then it has the folder. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Run run;
  private final Settings settings;
  private final RunListener listener;
  private final StepTimer timer = new StepTimer(System::nanoTime);

  public Pretraining(Run run, RunListener listener) {
    this.run = run;
    this.settings = run.settings();
    this.listener = listener;
  }

  /** How a run ended. */
  public enum End {
    DONE,
    PAUSED,
    CANCELLED
  }

  /**
   * Trains.
   *
   * @throws TrainingException if a picture cannot be used, the loss is not a number any more, or
   *     another process trains in the run's folder
   */
  public End train() throws InterruptedException {
    Torch.start();
    PrecisionCheck.require(settings.precision());
    int cores = Runtime.getRuntime().availableProcessors();
    int threads = settings.threads() == 0 ? cores : settings.threads();
    Torch.threads(threads);
    try (FolderLock lock = FolderLock.take(run.checkpoints(), PATIENCE);
        NDManager manager = Torch.manager()) {
      return train(manager, begin(manager), threads);
    } catch (CancellationException e) {
      return End.CANCELLED;
    } catch (EvaluationException e) {
      throw new TrainingException(e.getMessage(), e.hint(), e);
    }
  }

  private TrainingState begin(NDManager manager) {
    Optional<Path> newest = Resumption.newest(run);
    if (newest.isEmpty() && run.parent() == null) {
      return TrainingState.start(run, manager);
    }
    newest.ifPresent(own -> CheckpointWriter.announce(own, listener));
    TrainingState state = TrainingState.resume(newest.orElse(run.parent()), settings, manager);
    state.log().announce(listener);
    if (newest.isEmpty()) {
      // The data set may have been registered anew since the other run.
      state.log().skipped().clear();
    }
    return state;
  }

  private End train(NDManager manager, TrainingState state, int threads)
      throws InterruptedException {
    CheckpointWriter checkpoints = new CheckpointWriter(run, state, listener);
    Measurement measurement = new Measurement(run, state, listener, threads);
    if (state.step() == 0) {
      measurement.after(0);
    }
    if (settings.epochs() == 0) {
      checkpoints.write(0, 0, null);
      return End.DONE;
    }
    try (Batches batches = batches(state.log(), threads)) {
      return train(manager, batches, state, measurement, checkpoints);
    }
  }

  private Batches batches(TrainingLog log, int threads) {
    Views views = new Views(settings.views(), settings.preprocessing());
    PictureCache pictures =
        new PictureCache(
            run.pictures(), views.sourceSide(), Runtime.getRuntime().maxMemory() / 2, run.cache());
    Skipped skipped = new Skipped(log.skipped(), pictures.size(), settings.maxUnreadableShare());
    return new Batches(pictures, views, settings.batch(), settings.seed(), threads, skipped);
  }

  private End train(
      NDManager manager,
      Batches batches,
      TrainingState state,
      Measurement measurement,
      CheckpointWriter checkpoints)
      throws InterruptedException {
    Objective objective =
        Objectives.of(
            settings.objective(),
            settings.architecture(),
            settings.headSizes(),
            settings.loDisc(),
            state.weights());
    LearningSteps learning = new LearningSteps(objective, manager, settings);
    int perEpoch = batches.stepsPerEpoch();
    long steps = (long) perEpoch * settings.epochs();
    double warmup = settings.warmupEpochs() * perEpoch;
    TrainingLog log = state.log();
    for (long step = state.step(); step < steps; step++) {
      timer.begin();
      Batch batch = batches.get(step);
      double rate = settings.schedule().rate(settings.learningRate(), step, warmup, steps);
      double momentum = momentum(step, steps);
      Measured measured = learning.run(batch, momentum, step);
      requireFinite(measured.loss(), step, perEpoch, batch);
      state.optimizer().step(rate);

      Pace pace = new Pace(timer.end(), batch.waitedNanos() / 1e9);
      StepMeasure measure = measure(measured, pace);
      log.add(measure);
      long done = step + 1;
      int epoch = (int) (step / perEpoch) + 1;
      boolean epochEnds = done % perEpoch == 0;
      double loss = log.loss();
      Progress progress = progress(epoch, done, steps, log);
      listener.progress(progress);
      listener.metrics(StepMetrics.of(progress, measure, rate, momentum));
      if (epochEnds) {
        listener.epoch(log.end(epoch, settings.batch(), rate, momentum));
        measurement.after(epoch);
      }
      boolean due = isDue(epoch, done, epochEnds);
      if (due) {
        checkpoints.write(epoch, done, loss);
      }
      switch (listener.asked()) {
        case GO_ON -> {}
        case CANCEL -> {
          return End.CANCELLED;
        }
        case PAUSE -> {
          if (!due) {
            checkpoints.write(epoch, done, loss);
          }
          return done == steps ? End.DONE : End.PAUSED;
        }
      }
    }
    return End.DONE;
  }

  private static StepMeasure measure(Measured m, Pace pace) {
    return new StepMeasure(m.loss(), m.terms(), m.positive(), m.negative(), pace);
  }

  private void requireFinite(double loss, long step, int perEpoch, Batch batch) {
    if (!Double.isFinite(loss)) {
      String named =
          Arrays.stream(batch.pictures())
              .limit(NAMED)
              .mapToObj(picture -> run.pictures().get(picture).getFileName().toString())
              .collect(Collectors.joining(", "));
      throw TrainingException.diverged(
          "The loss is %s at step %d (epoch %d, batch %d of %d: %s%s)."
              .formatted(
                  loss,
                  step + 1,
                  step / perEpoch + 1,
                  step % perEpoch + 1,
                  perEpoch,
                  named,
                  batch.pictures().length > NAMED ? ", …" : ""));
    }
  }

  private double momentum(long step, long steps) {
    return settings.momentumCosine()
        ? Momentum.cosine(settings.momentum(), step, steps)
        : settings.momentum();
  }

  private boolean isDue(int epoch, long step, boolean epochEnds) {
    boolean atEpoch =
        epochEnds && (epoch % settings.checkpointEpochs() == 0 || epoch == settings.epochs());
    boolean atStep = settings.checkpointSteps() > 0 && step % settings.checkpointSteps() == 0;
    return atEpoch || atStep;
  }

  private Progress progress(int epoch, long done, long steps, TrainingLog log) {
    double pace = timer.stepsPerSecond();
    return new Progress(
        epoch,
        settings.epochs(),
        done,
        steps,
        log.loss(),
        pace * settings.batch(),
        pace == 0 ? 0 : Math.round((steps - done) / pace),
        log.dataWait(),
        log.skipped().size());
  }
}
