package io.lodisc.training.job;

import io.lodisc.training.pretrain.Fault;
import io.lodisc.training.queue.Answer;
import io.lodisc.training.queue.Outcome;
import io.lodisc.training.storage.LocalFiles;
import io.lodisc.training.storage.Waiting;
import io.lodisc.web.blob.BlobException;
import io.lodisc.web.blob.BlobStore;
import io.lodisc.web.blob.BlobStore.Blob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.FileSystemResource;

/**
 * The folder of a reproduction, with all its runs, where the store is apart: brought to this
 * machine before the job goes on, and kept in the store while it grows, on a thread of its own.
 */
final class ReportMirror implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final Logger log = LoggerFactory.getLogger(ReportMirror.class);

  /** Without these a run, or a checkpoint, counts for nothing: they come last. */
  private static final Set<String> SEALS = Set.of("result.json", "manifest.json");

  /** A file as it was when the store had the same. */
  private record Stamp(long bytes, FileTime changed) {}

  private final BlobStore store;
  private final LocalFiles local;
  private final String prefix;
  private final Path folder;
  private final Attempt attempt;
  private final Map<String, Stamp> known = new HashMap<>();
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().name("report").unstarted(this::repeat);
  private boolean begun;

  /**
   * @param key of the folder in the store
   */
  ReportMirror(BlobStore store, LocalFiles local, String key, Path folder, Attempt attempt) {
    this.store = store;
    this.local = local;
    this.prefix = key + "/";
    this.folder = folder;
    this.attempt = attempt;
  }

  /** Brings what other attempts left in the store, and begins to keep what this one makes. */
  void begin(Waiting waiting) throws IOException {
    for (Blob blob : list(waiting)) {
      Path file = folder.resolve(blob.key().substring(prefix.length())).normalize();
      if (file.startsWith(folder)) {
        bring(blob, file, waiting);
        known.put(blob.key(), stamp(file));
      }
    }
    begun = true;
    thread.start();
  }

  private List<Blob> list(Waiting waiting) {
    while (true) {
      try {
        return store.list(prefix);
      } catch (BlobException e) {
        waiting.failed(e);
      }
    }
  }

  private void bring(Blob blob, Path file, Waiting waiting) throws IOException {
    if (Files.isRegularFile(file)) {
      Stamp here = stamp(file);
      if (here.bytes() == blob.bytes() && !here.changed().toInstant().isAfter(blob.changed())) {
        return; // it was stored from here
      }
    }
    Files.createDirectories(file.getParent());
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    local.bring(blob.key(), part, waiting);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private void repeat() {
    try {
      while (!ending.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          push();
        } catch (RuntimeException e) {
          log.warn("The report of {} could not be stored; trying again", prefix, e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Keeps what is left, when the processes have ended.
   *
   * @param grace for a store that is away, when the job is to stop
   * @return the same outcome, unless a report could not be kept
   */
  Outcome end(Outcome outcome, Duration grace) throws InterruptedException {
    close();
    thread.join();
    if (!begun) {
      return outcome; // what is here may be older than what is there
    }
    long stopped = System.nanoTime();
    while (true) {
      try {
        push();
        return outcome;
      } catch (BlobException e) {
        boolean asked = attempt.asked() != Answer.GO_ON;
        if (!asked) {
          stopped = System.nanoTime();
        }
        if (!e.isPassing() || asked && System.nanoTime() - stopped > grace.toNanos()) {
          return outcome.end() == Outcome.End.SUCCEEDED
              ? Outcome.broken("The report could not be stored: " + e.getMessage(), Fault.OTHER)
              : outcome;
        }
        log.warn("The report of {} could not be stored; trying again", prefix, e);
        attempt.pause();
      }
    }
  }

  /** Lets the thread end. */
  @Override
  public void close() {
    ending.countDown();
  }

  /** Stores what has changed and deletes what is gone, as long as the job is this worker's. */
  private void push() {
    Map<String, Long> stored =
        store.list(prefix).stream().collect(Collectors.toMap(Blob::key, Blob::bytes));
    Set<String> here = new HashSet<>();
    for (Path file : files()) {
      String key = prefix + folder.relativize(file).toString().replace('\\', '/');
      if (attempt.asked() == Answer.LOST) {
        return;
      }
      try {
        Stamp now = stamp(file);
        here.add(key);
        if (!now.equals(known.get(key)) || !Long.valueOf(now.bytes()).equals(stored.get(key))) {
          store.put(key, new FileSystemResource(file));
          known.put(key, now);
        }
      } catch (UncheckedIOException e) {
        if (!(e.getCause() instanceof NoSuchFileException)) {
          throw e;
        }
        here.remove(key); // it went away meanwhile
      }
    }
    List<String> gone = known.keySet().stream().filter(key -> !here.contains(key)).toList();
    store.delete(gone);
    gone.forEach(known::remove);
  }

  /** All but caches and what is half written. */
  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile)
          .filter(file -> isKept(folder.relativize(file)))
          .sorted(
              Comparator.comparing(ReportMirror::isSeal).thenComparing(Comparator.naturalOrder()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSeal(Path file) {
    return SEALS.contains(file.getFileName().toString());
  }

  private static boolean isKept(Path relative) {
    return !relative.startsWith("cache")
        && !relative.toString().endsWith(".part")
        && StreamSupport.stream(relative.spliterator(), false)
            .noneMatch(name -> name.toString().startsWith("."));
  }

  private static Stamp stamp(Path file) {
    try {
      return new Stamp(Files.size(file), Files.getLastModifiedTime(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
