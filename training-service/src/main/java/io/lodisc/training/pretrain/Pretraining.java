package io.lodisc.training.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.method.AdamW;
import io.lodisc.model.method.LoDisc;
import io.lodisc.model.method.Schedules;
import io.lodisc.model.vit.VisionTransformer.Kernel;
import io.lodisc.model.vit.Weights;
import io.lodisc.training.pictures.PictureCache;
import io.lodisc.training.pretrain.RunListener.Progress;
import io.lodisc.training.views.Views;
import java.nio.file.Path;
import java.util.List;

/** A pretraining run, from start weights to the last checkpoint. */
public final class Pretraining {

  private static final double MAX_UNREADABLE_SHARE = 0.05;

  private final Run run;
  private final Settings settings;
  private final RunListener listener;
  private final Speed speed = new Speed();
  private double lossSum;

  public Pretraining(Run run, RunListener listener) {
    this.run = run;
    this.settings = run.settings();
    this.listener = listener;
  }

  /**
   * Trains.
   *
   * @return false if it was cancelled
   * @throws TrainingException if a picture cannot be used or the loss is not a number any more
   */
  public boolean train() throws InterruptedException {
    Torch.start();
    int cores = Runtime.getRuntime().availableProcessors();
    int threads = settings.threads() == 0 ? cores : settings.threads();
    Torch.threads(threads);
    List<Path> files = run.pictures().stream().map(Path::of).toList();
    Views views = new Views(settings.views(), settings.preprocessing());
    PictureCache pictures =
        new PictureCache(files, views.sourceSide(), Runtime.getRuntime().maxMemory() / 2, null);
    try (NDManager manager = Torch.manager();
        Batches batches =
            new Batches(
                pictures,
                views,
                settings.batch(),
                settings.seed(),
                threads,
                MAX_UNREADABLE_SHARE)) {
      Weights weights = StartWeights.of(run, manager);
      AdamW optimizer = new AdamW(weights, settings.weightDecay());
      CheckpointWriter checkpoints = new CheckpointWriter(run, weights, optimizer, listener);
      if (settings.epochs() == 0) {
        checkpoints.write(0, 0, null);
        return true;
      }
      return train(manager, batches, weights, optimizer, checkpoints);
    }
  }

  private boolean train(
      NDManager manager,
      Batches batches,
      Weights weights,
      AdamW optimizer,
      CheckpointWriter checkpoints)
      throws InterruptedException {
    LoDisc lodisc =
        new LoDisc(
            settings.architecture(),
            settings.headSizes(),
            settings.objective(),
            weights,
            Kernel.FUSED);
    int perEpoch = batches.stepsPerEpoch();
    long steps = (long) perEpoch * settings.epochs();
    double warmup = settings.warmupEpochs() * perEpoch;
    speed.tick(System.nanoTime());
    for (long step = 0; step < steps; step++) {
      Batch batch = batches.get(step);
      double rate = Schedules.learningRate(settings.learningRate(), step, warmup, steps);
      double loss = step(lodisc, manager, batch, momentum(step, steps));
      if (!Double.isFinite(loss)) {
        throw new TrainingException(
            "The loss is %s at step %d.".formatted(loss, step + 1),
            "Lower learningRate or raise warmupEpochs; the last checkpoint is still good.",
            null);
      }
      optimizer.step(rate);
      speed.tick(System.nanoTime());

      long done = step + 1;
      int epoch = (int) (step / perEpoch) + 1;
      long inEpoch = step % perEpoch + 1;
      lossSum = inEpoch == 1 ? loss : lossSum + loss;
      double mean = lossSum / inEpoch;
      listener.progress(progress(epoch, done, steps, mean));
      if (isDue(epoch, done, inEpoch == perEpoch)) {
        checkpoints.write(epoch, done, mean);
      }
      if (listener.cancelled()) {
        return false;
      }
    }
    return true;
  }

  private double step(LoDisc lodisc, NDManager manager, Batch batch, double momentum) {
    int side = settings.architecture().imageSize();
    Shape shape = new Shape(settings.batch(), 3, side, side);
    try (Scope scope = new Scope()) {
      NDArray x1 = manager.create(batch.x1(), shape);
      NDArray x2 = manager.create(batch.x2(), shape);
      return lodisc.step(x1, x2, momentum).loss().getFloat();
    }
  }

  private double momentum(long step, long steps) {
    return settings.momentumCosine()
        ? Schedules.momentum(settings.momentum(), step, steps)
        : settings.momentum();
  }

  private boolean isDue(int epoch, long step, boolean epochEnds) {
    boolean atEpoch =
        epochEnds && (epoch % settings.checkpointEpochs() == 0 || epoch == settings.epochs());
    boolean atStep = settings.checkpointSteps() > 0 && step % settings.checkpointSteps() == 0;
    return atEpoch || atStep;
  }

  private Progress progress(int epoch, long done, long steps, double loss) {
    double pace = speed.stepsPerSecond();
    return new Progress(
        epoch,
        settings.epochs(),
        done,
        steps,
        loss,
        pace * settings.batch(),
        pace == 0 ? 0 : Math.round((steps - done) / pace));
  }
}
