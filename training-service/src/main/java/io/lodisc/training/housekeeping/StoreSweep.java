package io.lodisc.training.housekeeping;

import io.lodisc.training.TrainingFolders;
import io.lodisc.training.queue.JobState;
import io.lodisc.web.blob.BlobStore;
import io.lodisc.web.blob.BlobStore.Blob;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes blobs that no row names, where the store is apart: of uploads and imports that were
 * broken off, checkpoints that were never published of jobs that have ended, all of jobs that are
 * gone. Nobody goes on from a blob without a row, so no job's row is locked.
 */
@Component
class StoreSweep {

  private static final Logger log = LoggerFactory.getLogger(StoreSweep.class);

  private final BlobStore store;
  private final TrainingFolders folders;
  private final CheckpointRows checkpoints;
  private final Installation installation;
  private final JdbcClient jdbc;

  StoreSweep(
      BlobStore store,
      TrainingFolders folders,
      CheckpointRows checkpoints,
      Installation installation,
      JdbcClient jdbc) {
    this.store = store;
    this.folders = folders;
    this.checkpoints = checkpoints;
    this.installation = installation;
    this.jdbc = jdbc;
  }

  /**
   * One pass.
   *
   * @param before what was stored later stays
   */
  void run(Instant before) {
    Map<String, List<Blob>> written = byFolder(folders.checkpoints());
    List<Blob> datasets = list(folders.datasets());
    Map<String, List<Blob>> reports = byFolder(folders.reports());
    Set<String> named =
        checkpoints.folders().stream().map(folders::key).collect(Collectors.toSet());
    Set<String> zips = zips();
    boolean empty = written.isEmpty() && datasets.isEmpty() && reports.isEmpty();
    boolean known =
        written.keySet().stream().anyMatch(named::contains)
            || datasets.stream().map(Blob::key).anyMatch(zips::contains);
    if (!installation.isOurs(store, empty || known)) {
      return;
    }
    Predicate<Blob> old = blob -> blob.changed().isBefore(before);
    List<Blob> orphans = new ArrayList<>();
    datasets.stream().filter(blob -> !zips.contains(blob.key())).filter(old).forEach(orphans::add);
    written.forEach(
        (folder, blobs) -> {
          if (!named.contains(folder) && blobs.stream().allMatch(old) && hasEnded(folder, true)) {
            orphans.addAll(blobs);
          }
        });
    reports.forEach(
        (folder, blobs) -> {
          if (blobs.stream().allMatch(old) && hasEnded(folder, false)) {
            orphans.addAll(blobs);
          }
        });
    if (!orphans.isEmpty()) {
      store.delete(orphans.stream().map(Blob::key).toList());
      log.info("Swept {} blobs, which no row names: {}", orphans.size(), folders(orphans));
    }
  }

  /**
   * Whether the job is gone whose folder this is, or below whose folder.
   *
   * @param orEnded whether it is enough that it has ended
   */
  private boolean hasEnded(String folder, boolean orEnded) {
    Path below = Path.of(folder);
    Path imported = Path.of(folders.key(folders.imported()));
    if (below.startsWith(imported)) {
      return true;
    }
    Optional<JobState> state =
        jdbc.sql("select state from training.job where id = :id")
            .param("id", below.getName(imported.getNameCount() - 1).toString())
            .query((row, number) -> JobState.valueOf(row.getString(1)))
            .optional();
    return state.map(s -> orEnded && s.ended()).orElse(true);
  }

  private Set<String> zips() {
    return jdbc.sql("select root from training.dataset").query(String.class).list().stream()
        .map(TrainingFolders::zip)
        .collect(Collectors.toSet());
  }

  private Map<String, List<Blob>> byFolder(Path top) {
    return list(top).stream().collect(Collectors.groupingBy(StoreSweep::folder));
  }

  private List<Blob> list(Path top) {
    return store.list(folders.key(top) + "/");
  }

  private static String folder(Blob blob) {
    return blob.key().substring(0, blob.key().lastIndexOf('/'));
  }

  private static Set<String> folders(List<Blob> blobs) {
    return blobs.stream().map(StoreSweep::folder).collect(Collectors.toSet());
  }
}
