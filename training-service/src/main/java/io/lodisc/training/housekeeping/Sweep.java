package io.lodisc.training.housekeeping;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.training.TrainingFolders;
import io.lodisc.training.queue.JobState;
import io.lodisc.web.blob.BlobStore;
import io.lodisc.web.blob.BlobStore.Blob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Deletes files that no row names and nobody will use: checkpoints that were never published of
 * jobs that have ended, folders of jobs that are gone, uploads that were broken off. Where the
 * store is apart, copies of what it has go too when no unfinished job may need them.
 */
@Component
class Sweep {

  /** Of a data set's folder, a child with such a name is a copy; where none is apart, none has. */
  private static final Pattern COPY = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

  private final TrainingFolders folders;
  private final BlobStore store;
  private final boolean apart;
  private final CheckpointRows checkpoints;
  private final Installation installation;
  private final JdbcClient jdbc;
  private final TransactionOperations transaction;

  Sweep(
      TrainingFolders folders,
      BlobStore store,
      CheckpointRows checkpoints,
      Installation installation,
      JdbcClient jdbc,
      TransactionOperations transaction) {
    this.folders = folders;
    this.store = store;
    this.apart = store.folder().isEmpty();
    this.checkpoints = checkpoints;
    this.installation = installation;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /**
   * One pass over lodisc.home.
   *
   * @param before what was changed later stays
   */
  void run(Instant before) throws IOException {
    if (!installation.isOurs(checkpoints.folders())) {
      return;
    }
    for (Path upload : Trees.content(folders.incoming())) {
      deleteOrphans(upload, Set.of(), before);
    }
    Supplier<Set<Path>> named = apart ? withoutCopies() : checkpoints::folders;
    for (Path imported : Trees.content(folders.imported())) {
      deleteOrphans(imported, named.get(), before);
    }
    for (Path job : Trees.content(folders.checkpoints())) {
      if (!job.equals(folders.imported())) {
        ofJob(job, named, before);
      }
    }
    for (Path job : Trees.content(folders.runs())) {
      if (state(job, "").isEmpty()) {
        deleteOrphans(job, Set.of(), before);
      }
    }
    for (Path job : Trees.content(folders.reports())) {
      Optional<JobState> state = state(job, "");
      if (state.isEmpty() || apart && state.get() == JobState.SUCCEEDED) {
        deleteOrphans(job, Set.of(), before);
      }
    }
    if (apart) {
      datasetCopies(before);
    }
  }

  /** What the store has may go here: the folders that rows name but that it has not. */
  private Supplier<Set<Path>> withoutCopies() {
    Set<Path> stored =
        store.list(folders.key(folders.checkpoints()) + "/").stream()
            .map(Blob::key)
            .filter(key -> key.endsWith("/" + Checkpoints.MANIFEST))
            .map(key -> folders.folder(key).getParent())
            .collect(Collectors.toSet());
    Set<Path> named =
        checkpoints.folders().stream()
            .filter(folder -> !stored.contains(folder))
            .collect(Collectors.toSet());
    return () -> named;
  }

  /** The job's row is locked, so that no worker takes it up meanwhile and goes on from a file. */
  private void ofJob(Path folder, Supplier<Set<Path>> named, Instant before) throws IOException {
    List<Path> orphans = Orphans.in(folder, named.get(), before);
    if (orphans.isEmpty()) {
      return;
    }
    transaction.executeWithoutResult(
        status -> {
          Optional<JobState> state = state(folder, " for update");
          if (state.isEmpty() || state.get().ended()) {
            deleteOrphans(folder, named.get(), before);
          }
        });
  }

  private Optional<JobState> state(Path folder, String lock) {
    return jdbc.sql("select state from training.job where id = :id" + lock)
        .param("id", folder.getFileName().toString())
        .query((row, number) -> JobState.valueOf(row.getString(1)))
        .optional();
  }

  /** Unpacked copies of data sets that no unfinished job uses, by the time of their last use. */
  private void datasetCopies(Instant before) throws IOException {
    for (Path dataset : Trees.content(folders.datasets())) {
      for (Path copy : Trees.content(dataset)) {
        if (COPY.matcher(copy.getFileName().toString()).matches()
            && Files.getLastModifiedTime(copy).toInstant().isBefore(before)) {
          deleteCopy(dataset.getFileName().toString(), copy);
        }
      }
    }
  }

  /** The set's row is locked, so that no job is taken meanwhile that would find the copy. */
  private void deleteCopy(String dataset, Path copy) throws IOException {
    Path aside = folders.incoming().resolve("deleted-" + UUID.randomUUID());
    transaction.executeWithoutResult(
        status -> {
          Optional<String> root =
              jdbc.sql("select root from training.dataset where name = :name for update")
                  .param("name", dataset)
                  .query(String.class)
                  .optional();
          boolean current = root.isPresent() && root.get().equals(folders.key(copy));
          if (!current || !isUsed(dataset)) {
            move(copy, aside);
          }
          if (root.isEmpty()) {
            FileDeletion.delete(folders.pictureCache(dataset));
          }
        });
    if (Files.exists(aside)) {
      log.info("Swept {}, the copy of a data set: {} bytes", copy, Trees.delete(aside));
    }
  }

  private boolean isUsed(String dataset) {
    return jdbc.sql(
            """
            select exists (select from training.job
              where dataset = :name and state in ('QUEUED', 'RUNNING', 'PAUSED'))
            """)
        .param("name", dataset)
        .query(Boolean.class)
        .single();
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteOrphans(Path top, Set<Path> named, Instant before) {
    try {
      for (Path orphan : Orphans.in(top, named, before)) {
        long bytes = Trees.delete(orphan);
        log.info("Swept {}, which no row names: {} bytes", orphan, bytes);
      }
    } catch (IOException e) {
      log.warn("{} could not be swept; trying again next time", top, e);
    }
  }
}
