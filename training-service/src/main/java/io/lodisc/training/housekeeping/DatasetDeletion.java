package io.lodisc.training.housekeeping;

import io.lodisc.training.TrainingFolders;
import io.lodisc.training.audit.Audit;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import io.lodisc.web.blob.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
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

  private record Row(String source, String root) {}

  private static final String ZIP = TrainingFolders.zip("");

  private final TrainingFolders folders;
  private final BlobStore store;
  private final FileDeletion files;
  private final Audit audit;
  private final JdbcClient jdbc;
  private final TransactionOperations transaction;

  DatasetDeletion(
      TrainingFolders folders,
      BlobStore store,
      FileDeletion files,
      Audit audit,
      JdbcClient jdbc,
      TransactionOperations transaction) {
    this.folders = folders;
    this.store = store;
    this.files = files;
    this.audit = audit;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  Deleted delete(String name, String user) {
    long bytes = store.folder().isPresent() ? deleteFolder(name, user) : deleteApart(name, user);
    return new Deleted(name, bytes + FileDeletion.delete(folders.pictureCache(name)));
  }

  private long deleteFolder(String name, String user) {
    // Aside first, or they could be those of a new set of the same name.
    Path aside = folders.incoming().resolve("deleted-" + UUID.randomUUID());
    Path home = folders.dataset(name);
    try {
      transaction.executeWithoutResult(
          status -> {
            if (deleteRow(name, user).isPresent() && Files.exists(home)) {
              move(home, aside);
            }
          });
    } catch (RuntimeException e) {
      if (Files.exists(aside)) {
        move(aside, home);
      }
      throw e;
    }
    return FileDeletion.delete(aside);
  }

  /** Where no two uploads have the same key. */
  private long deleteApart(String name, String user) {
    Optional<Path> uploaded = transaction.execute(status -> deleteRow(name, user));
    return uploaded.map(copy -> files.deleteApart(copy, ZIP)).orElse(0L);
  }

  /** What was its folder, if its files are the service's own. */
  private Optional<Path> deleteRow(String name, String user) {
    Row row = lock(name);
    refuseInUse(name);
    jdbc.sql("delete from training.dataset where name = :name").param("name", name).update();
    audit.put(user, "dataset.delete", name, null);
    return row.source().equals("upload")
        ? Optional.of(folders.folder(row.root()))
        : Optional.empty();
  }

  private Row lock(String name) {
    return jdbc.sql("select source, root from training.dataset where name = :name for update")
        .param("name", name)
        .query((row, number) -> new Row(row.getString(1), row.getString(2)))
        .optional()
        .orElseThrow(
            () ->
                new ApiException(
                    Problem.NOT_FOUND,
                    "There is no data set '%s'.".formatted(name),
                    "GET /api/v1/datasets lists the ones there are."));
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
