package io.lodisc.training.pretrain;

import io.lodisc.model.random.Counter;
import io.lodisc.training.pictures.PictureCache;
import io.lodisc.training.views.Views;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The batches of a run, drawn on threads of their own, some ahead of the step that is trained. What
 * a batch holds depends on the seed, the step and which pictures can be read, and on nothing else.
 */
final class Batches implements AutoCloseable {

  /** Batches drawn or being drawn beside the one that is trained on. */
  private static final int AHEAD = 2;

  private final ViewPairs pairs;
  private final int count;
  private final int size;
  private final Skipped skipped;
  private final ExecutorService threads;
  private final Queue<Drawing> ahead = new ArrayDeque<>();
  private Batch given;
  private long nextStep;
  private int[] order;
  private long epochOfOrder = -1;

  /**
   * @param size pictures a batch
   * @param seed of the order and the views
   * @param skipped takes note of pictures that cannot be read and are replaced by others
   */
  Batches(PictureCache pictures, Views views, int size, long seed, int threads, Skipped skipped) {
    this.pairs = new ViewPairs(pictures, views, seed);
    this.count = pictures.size();
    this.size = size;
    this.skipped = skipped;
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("views", 0).factory());
  }

  /** Steps of an epoch; the last partial batch is dropped. */
  int stepsPerEpoch() {
    return count / size;
  }

  /**
   * The batch of a step, counted over all epochs; goes on with those after it.
   *
   * @throws TrainingException if more pictures cannot be read than may be skipped
   */
  Batch get(long step) throws InterruptedException {
    if (ahead.isEmpty() || ahead.peek().step() != step) {
      ahead.forEach(Drawing::cancel);
      ahead.clear();
      nextStep = step;
    }
    while (ahead.size() <= AHEAD) {
      ahead.add(start(nextStep++));
    }
    given = ahead.remove().finish(skipped);
    return given;
  }

  /** Uses the buffers of the batch that was given before. */
  private Drawing start(long step) {
    long epoch = step / stepsPerEpoch();
    if (epoch != epochOfOrder) {
      order = Counter.shuffle(count, pairs.seed(), epoch);
      epochOfOrder = epoch;
    }
    int from = (int) (step % stepsPerEpoch()) * size;
    Drawing drawing = new Drawing(pairs, step, epoch, order, from, size, given);
    given = null;
    drawing.start(threads);
    return drawing;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
