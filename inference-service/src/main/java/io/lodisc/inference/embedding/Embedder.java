package io.lodisc.inference.embedding;

import io.lodisc.inference.config.InferenceProperties;
import io.lodisc.model.encoder.QueryEncoder;
import io.lodisc.model.image.PictureDecoder.Limits;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** Decodes and embeds on a few platform threads, which bound memory as well as processors. */
@Component
class Embedder {

  private static final int PIECE = 16;

  private final Limits limits;
  private final EmbeddingMeters meters;
  private final ExecutorService workers;

  Embedder(InferenceProperties properties, EmbeddingMeters meters, MeterRegistry registry) {
    this.limits = properties.pictureLimits();
    this.meters = meters;
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            properties.workers(),
            properties.workers(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(properties.waiting()),
            Thread.ofPlatform().daemon().name("embed-", 0).factory());
    this.workers = ExecutorServiceMetrics.monitor(registry, threads, "embed");
  }

  /**
   * The embeddings in the order of the files. Returns or throws only when no thread uses the
   * encoder any more.
   */
  float[][] embed(QueryEncoder encoder, List<MultipartFile> files) {
    AtomicBoolean abandoned = new AtomicBoolean();
    List<CompletableFuture<List<float[]>>> pieces = new ArrayList<>();
    try {
      for (int from = 0; from < files.size(); from += PIECE) {
        Piece piece = new Piece(files, from, Math.min(files.size(), from + PIECE), limits, meters);
        pieces.add(CompletableFuture.supplyAsync(() -> piece.embed(encoder, abandoned), workers));
      }
      return pieces.stream().flatMap(piece -> piece.join().stream()).toArray(float[][]::new);
    } catch (RejectedExecutionException e) {
      throw new ApiException(
          Problem.BUSY,
          "More pictures are waiting than this service holds.",
          "Try again in a moment, with fewer requests at once.");
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    } finally {
      abandoned.set(true);
      pieces.forEach(piece -> piece.exceptionally(failed -> List.of()).join());
    }
  }

  @PreDestroy
  void close() {
    workers.shutdown();
  }
}
