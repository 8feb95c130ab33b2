package io.lodisc.training.pretrain;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.stream.IntStream;

/** The batches of a run, each drawn on threads of their own while the one before is trained on. */
final class Batches implements AutoCloseable {

  /**
   * @param x1 first views, batch x 3 x image x image
   * @param x2 second views of the same pictures
   */
  record Batch(float[] x1, float[] x2) {}

  private final PictureCache pictures;
  private final Views views;
  private final int size;
  private final int image;
  private final long seed;
  private final ExecutorService threads;
  private final ExecutorService ahead = Executors.newSingleThreadExecutor(daemon("batches"));
  private Future<Batch> next;
  private long nextStep = -1;

  Batches(PictureCache pictures, Views views, Settings settings, int threads) {
    this.pictures = pictures;
    this.views = views;
    this.size = settings.batch();
    this.image = settings.architecture().imageSize();
    this.seed = settings.seed();
    this.threads = Executors.newFixedThreadPool(threads, daemon("views"));
  }

  /** Steps of an epoch; the last partial batch is dropped. */
  int stepsPerEpoch() {
    return pictures.size() / size;
  }

  /** The batch of a step, counted over all epochs. Starts on the one after it. */
  Batch get(long step) throws InterruptedException {
    Future<Batch> batch = step == nextStep ? next : ahead.submit(() -> draw(step));
    nextStep = step + 1;
    next = ahead.submit(() -> draw(step + 1));
    return result(batch);
  }

  private static <T> T result(Future<T> task) throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    }
  }

  private Batch draw(long step) throws InterruptedException {
    long epoch = step / stepsPerEpoch();
    int from = (int) (step % stepsPerEpoch()) * size;
    int[] order = Counter.shuffle(pictures.size(), seed, epoch);
    int length = 3 * image * image;
    Batch batch = new Batch(new float[size * length], new float[size * length]);
    List<Callable<Void>> tasks =
        IntStream.range(0, size)
            .<Callable<Void>>mapToObj(
                i ->
                    () -> {
                      draw(order[from + i], epoch, false, batch.x1(), i * length);
                      draw(order[from + i], epoch, true, batch.x2(), i * length);
                      return null;
                    })
            .toList();
    for (Future<Void> task : threads.invokeAll(tasks)) {
      result(task);
    }
    return batch;
  }

  private void draw(int picture, long epoch, boolean second, float[] batch, int at) {
    var random = Counter.at(seed, epoch, picture, second ? 2 : 1);
    float[] view = views.draw(pictures.get(picture), second, random);
    System.arraycopy(view, 0, batch, at, view.length);
  }

  private static ThreadFactory daemon(String name) {
    return Thread.ofPlatform().daemon().name(name, 0).factory();
  }

  @Override
  public void close() {
    ahead.shutdownNow();
    threads.shutdownNow();
  }
}
