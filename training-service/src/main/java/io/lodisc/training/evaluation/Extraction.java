package io.lodisc.training.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.image.Picture;
import io.lodisc.model.image.PictureDecoder;
import io.lodisc.model.image.PictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Passes over pictures: one batch goes through the encoder while threads decode the next. No more
 * than two batches are in memory.
 */
final class Extraction implements AutoCloseable {

  /** Makes the encoder's input of a picture. */
  interface View {

    /**
     * @param index of the picture in its list
     * @param to takes 3 x side x side values
     * @param at index of the first
     */
    void draw(Picture picture, int index, float[] to, int at);
  }

  /** The pictures of a batch, being drawn: true once there, false if one cannot be read. */
  private record Drawing(float[] x, List<Future<Boolean>> drawn) {}

  private final FeatureExtractor extractor;
  private final int side;
  private final EvaluationSettings settings;
  private final BooleanSupplier cancelled;
  private final NDManager manager = Torch.manager();
  private final ExecutorService threads;

  /**
   * @param side of the encoder's input, pixels
   * @param cancelled asked before every batch
   */
  Extraction(
      FeatureExtractor extractor,
      int side,
      EvaluationSettings settings,
      int threads,
      BooleanSupplier cancelled) {
    this.extractor = extractor;
    this.side = side;
    this.settings = settings;
    this.cancelled = cancelled;
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("evaluation", 0).factory());
  }

  /**
   * The features of pictures.
   *
   * @throws EvaluationException if too many pictures cannot be read, or a feature is no number
   * @throws CancellationException if it was cancelled
   */
  Extracted run(List<Labelled> pictures, View view) throws InterruptedException {
    Extracted extracted = new Extracted();
    Drawing next = draw(pictures, 0, view);
    for (int from = 0; from < pictures.size(); from += settings.batch()) {
      if (cancelled.getAsBoolean()) {
        throw new CancellationException("the evaluation was cancelled");
      }
      Drawing now = next;
      next = draw(pictures, from + settings.batch(), view);
      forward(pictures, from, now, extracted);
    }
    requireReadable(pictures.size(), extracted.pictures().size());
    return extracted;
  }

  private Drawing draw(List<Labelled> pictures, int from, View view) {
    int size = Math.clamp(pictures.size() - from, 0, settings.batch());
    float[] x = new float[size * length()];
    List<Future<Boolean>> drawn = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int slot = i;
      drawn.add(
          threads.submit(
              () -> {
                Picture picture = read(pictures.get(from + slot));
                if (picture != null) {
                  view.draw(picture, from + slot, x, slot * length());
                }
                return picture != null;
              }));
    }
    return new Drawing(x, drawn);
  }

  private static Picture read(Labelled picture) {
    try {
      byte[] file = Files.readAllBytes(picture.file());
      return PictureDecoder.decode(file, PictureDecoder.Limits.DEFAULT);
    } catch (IOException | PictureException e) {
      return null;
    }
  }

  private void forward(List<Labelled> pictures, int from, Drawing drawing, Extracted extracted)
      throws InterruptedException {
    List<Labelled> batch = new ArrayList<>();
    float[] x = drawing.x();
    for (int i = 0; i < drawing.drawn().size(); i++) {
      if (result(drawing.drawn().get(i))) {
        System.arraycopy(x, i * length(), x, batch.size() * length(), length());
        batch.add(pictures.get(from + i));
      }
    }
    if (!batch.isEmpty()) {
      float[] whole = Arrays.copyOf(x, batch.size() * length());
      Torch.withoutGradients(
          () -> {
            try (Scope scope = new Scope()) {
              NDArray input = manager.create(whole, new Shape(batch.size(), 3, side, side));
              extracted.add(batch, extractor.features(input));
            }
            return null;
          });
    }
  }

  private static boolean result(Future<Boolean> drawn) throws InterruptedException {
    try {
      return drawn.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    }
  }

  private void requireReadable(int all, int read) {
    int unreadable = all - read;
    if (all > 0 && read == 0 || unreadable > settings.maxUnreadable() * all) {
      throw new EvaluationException(
          "%d of %d pictures cannot be read.".formatted(unreadable, all),
          "Repair the data set, or raise maxUnreadable.",
          null);
    }
  }

  private int length() {
    return 3 * side * side;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    manager.close();
  }
}
