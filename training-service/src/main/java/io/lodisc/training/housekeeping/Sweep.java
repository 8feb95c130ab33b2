package io.lodisc.training.housekeeping;

import io.lodisc.training.TrainingFolders;
import io.lodisc.training.queue.JobState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Deletes files that no row names and nobody will use: checkpoints that were never published of
 * jobs that have ended, folders of jobs that are gone, uploads that were broken off.
 */
@Component
class Sweep {

  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

  private final TrainingFolders folders;
  private final CheckpointRows checkpoints;
  private final Installation installation;
  private final JdbcClient jdbc;
  private final TransactionOperations transaction;

  Sweep(
      TrainingFolders folders,
      CheckpointRows checkpoints,
      Installation installation,
      JdbcClient jdbc,
      TransactionOperations transaction) {
    this.folders = folders;
    this.checkpoints = checkpoints;
    this.installation = installation;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /**
   * One pass.
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
    for (Path imported : Trees.content(folders.imported())) {
      deleteOrphans(imported, checkpoints.folders(), before);
    }
    for (Path job : Trees.content(folders.checkpoints())) {
      if (!job.equals(folders.imported())) {
        ofJob(job, before);
      }
    }
    for (Path all : List.of(folders.runs(), folders.reports())) {
      for (Path job : Trees.content(all)) {
        if (state(job, "").isEmpty()) {
          deleteOrphans(job, Set.of(), before);
        }
      }
    }
  }

  /** The job's row is locked, so that no worker takes it up meanwhile and goes on from a file. */
  private void ofJob(Path folder, Instant before) throws IOException {
    List<Path> orphans = Orphans.in(folder, checkpoints.folders(), before);
    if (orphans.isEmpty()) {
      return;
    }
    transaction.executeWithoutResult(
        status -> {
          Optional<JobState> state = state(folder, " for update");
          if (state.isEmpty() || state.get().ended()) {
            deleteOrphans(folder, checkpoints.folders(), before);
          }
        });
  }

  private Optional<JobState> state(Path folder, String lock) {
    return jdbc.sql("select state from training.job where id = :id" + lock)
        .param("id", folder.getFileName().toString())
        .query((row, number) -> JobState.valueOf(row.getString(1)))
        .optional();
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
