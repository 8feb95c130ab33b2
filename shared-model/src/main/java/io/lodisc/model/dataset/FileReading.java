package io.lodisc.model.dataset;

import io.lodisc.model.archive.PictureFolder.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads many files, as many at once as there are processors. */
final class FileReading {

  private FileReading() {}

  /** In the order of the entries. */
  static List<ReadFile> all(List<Entry> entries) {
    List<Callable<ReadFile>> tasks = new ArrayList<>();
    entries.forEach(entry -> tasks.add(() -> ReadFile.of(entry)));
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<ReadFile> files = new ArrayList<>();
      for (Future<ReadFile> done : threads.invokeAll(tasks)) {
        files.add(done.get());
      }
      return files;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while reading the pictures");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a picture could not be checked", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
