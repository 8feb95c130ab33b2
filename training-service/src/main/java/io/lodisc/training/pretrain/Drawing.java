package io.lodisc.training.pretrain;

import io.lodisc.training.pictures.UnreadablePictureException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * One batch being drawn.
 *
 * <p>The place of a picture that cannot be read is taken by the next one of the epoch's order that
 * is not in the batch; behind the last comes the first again. The batch thus depends on which
 * pictures can be read and not on which thread found out when.
 */
final class Drawing {

  private final long step;
  private final long epoch;
  private final int[] order;
  private final int[] pictures;
  private final ViewPairs pairs;
  private final float[] x1;
  private final float[] x2;
  private final List<Future<UnreadablePictureException>> places = new ArrayList<>();

  /** The order's next picture to fill a gap; the last one lies before the batch. */
  private int spare;

  private int spares;

  /**
   * @param order of the epoch's pictures
   * @param from where the batch begins in the order
   * @param buffers of another batch to use again; null makes new ones
   */
  Drawing(ViewPairs pairs, long step, long epoch, int[] order, int from, int size, Batch buffers) {
    this.pairs = pairs;
    this.step = step;
    this.epoch = epoch;
    this.order = order;
    this.pictures = Arrays.copyOfRange(order, from, from + size);
    this.x1 = buffers == null ? new float[size * pairs.length()] : buffers.x1();
    this.x2 = buffers == null ? new float[size * pairs.length()] : buffers.x2();
    this.spare = from + size;
    this.spares = order.length - size;
  }

  long step() {
    return step;
  }

  void start(ExecutorService threads) {
    for (int place = 0; place < pictures.length; place++) {
      int at = place;
      places.add(threads.submit(() -> draw(at)));
    }
  }

  /** Waits for the views and fills the gaps; what was skipped is noted there. */
  Batch finish(Skipped skipped) throws InterruptedException {
    long began = System.nanoTime();
    List<Integer> gaps = new ArrayList<>();
    for (int place = 0; place < pictures.length; place++) {
      UnreadablePictureException unreadable = result(places.get(place));
      if (unreadable != null) {
        skipped.add(pictures[place], unreadable);
        gaps.add(place);
      }
    }
    for (int gap : gaps) {
      fill(gap, skipped);
    }
    return new Batch(x1, x2, pictures, System.nanoTime() - began);
  }

  void cancel() {
    places.forEach(place -> place.cancel(false));
  }

  private void fill(int gap, Skipped skipped) {
    while (spares > 0) {
      spares--;
      pictures[gap] = order[spare++ % order.length];
      UnreadablePictureException unreadable = draw(gap);
      if (unreadable == null) {
        return;
      }
      skipped.add(pictures[gap], unreadable);
    }
    throw skipped.noneLeft();
  }

  /** Null if it could be read. */
  private UnreadablePictureException draw(int place) {
    try {
      pairs.draw(pictures[place], epoch, x1, x2, place);
      return null;
    } catch (UnreadablePictureException e) {
      return e;
    }
  }

  private static <T> T result(Future<T> task) throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    }
  }
}
