package io.lodisc.training.housekeeping;

import io.lodisc.training.TrainingFolders;
import io.lodisc.training.housekeeping.CheckpointRows.Stored;
import io.lodisc.web.blob.BlobException;
import io.lodisc.web.blob.BlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Deletes the files of rows that are gone. What cannot be deleted is left to the sweep. */
@Component
class FileDeletion {

  private static final Logger log = LoggerFactory.getLogger(FileDeletion.class);

  private final TrainingFolders folders;
  private final BlobStore store;

  FileDeletion(TrainingFolders folders, BlobStore store) {
    this.folders = folders;
    this.store = store;
  }

  /** How many bytes of files went; a folder that was configured, not written here, stays. */
  long delete(Collection<Stored> checkpoints) {
    return checkpoints.stream()
        .map(Stored::folder)
        .filter(folder -> folder.startsWith(folders.checkpoints()))
        .mapToLong(this::deleteBlobs)
        .sum();
  }

  /** Of a folder of the blobs, how many bytes went; a copy of what the store has does not count. */
  long deleteBlobs(Path folder) {
    return store.folder().isPresent() ? delete(folder) : deleteApart(folder, "/");
  }

  /**
   * The blobs whose keys are the folder's and so go on, and what is here of them.
   *
   * @param rest of the keys, or their beginning
   */
  long deleteApart(Path folder, String rest) {
    delete(folder);
    try {
      return store.deleteAll(folders.key(folder) + rest);
    } catch (BlobException e) {
      log.warn("{} could not be deleted in the store; the sweep will try again", folder, e);
      return 0;
    }
  }

  /** How many bytes of files went. */
  static long delete(Path folder) {
    try {
      return Trees.delete(folder);
    } catch (IOException e) {
      log.warn("{} could not be deleted; the sweep will try again", folder, e);
      return 0;
    }
  }
}
