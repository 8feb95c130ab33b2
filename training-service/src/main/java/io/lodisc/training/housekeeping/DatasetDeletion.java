package io.lodisc.training.housekeeping;

import io.lodisc.training.TrainingFolders;
import io.lodisc.training.audit.Audit;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Deletes a data set that no unfinished job uses. A folder that was registered stays. */
@Component
class DatasetDeletion {

  /**
   * @param bytes of files that went
   */
  record Deleted(String dataset, long bytes) {}

  private final TrainingFolders folders;
  private final Audit audit;
  private final JdbcClient jdbc;
  private final TransactionOperations transaction;

  DatasetDeletion(
      TrainingFolders folders, Audit audit, JdbcClient jdbc, TransactionOperations transaction) {
    this.folders = folders;
    this.audit = audit;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  Deleted delete(String name, String user) {
    // Aside first, or they could be those of a new set of the same name.
    Path aside = folders.incoming().resolve("deleted-" + UUID.randomUUID());
    try {
      transaction.executeWithoutResult(status -> deleteRow(name, user, aside));
    } catch (RuntimeException e) {
      if (Files.exists(aside)) {
        move(aside, folders.dataset(name));
      }
      throw e;
    }
    long bytes = FileDeletion.delete(aside);
    return new Deleted(name, bytes + FileDeletion.delete(folders.pictureCache(name)));
  }

  private void deleteRow(String name, String user, Path aside) {
    boolean uploaded = lock(name);
    refuseInUse(name);
    jdbc.sql("delete from training.dataset where name = :name").param("name", name).update();
    audit.put(user, "dataset.delete", name, null);
    Path files = folders.dataset(name);
    if (uploaded && Files.exists(files)) {
      move(files, aside);
    }
  }

  /** Whether its files are the service's own. */
  private boolean lock(String name) {
    return jdbc.sql("select source from training.dataset where name = :name for update")
        .param("name", name)
        .query(String.class)
        .optional()
        .orElseThrow(
            () ->
                new ApiException(
                    Problem.NOT_FOUND,
                    "There is no data set '%s'.".formatted(name),
                    "GET /api/v1/datasets lists the ones there are."))
        .equals("upload");
  }

  private void refuseInUse(String name) {
    List<String> jobs =
        jdbc.sql(
                """
                select id || ' (' || state || ')' from training.job
                where dataset = :name and state in ('QUEUED', 'RUNNING', 'PAUSED') order by seq
                """)
            .param("name", name)
            .query(String.class)
            .list();
    if (!jobs.isEmpty()) {
      throw new ApiException(
          Problem.CONFLICT,
          "The data set '%s' is used by %d unfinished %s: %s."
              .formatted(
                  name, jobs.size(), jobs.size() == 1 ? "job" : "jobs", String.join(", ", jobs)),
          "Wait for them to end, or cancel them.");
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("The pictures in " + from + " could not be moved", e);
    }
  }
}
