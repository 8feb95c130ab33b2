package io.lodisc.training.housekeeping;

import io.lodisc.training.TrainingFolders;
import io.lodisc.training.housekeeping.CheckpointRows.Stored;
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

  FileDeletion(TrainingFolders folders) {
    this.folders = folders;
  }

  /** How many bytes of files went; a folder that was configured, not written here, stays. */
  long delete(Collection<Stored> checkpoints) {
    return checkpoints.stream()
        .map(Stored::folder)
        .filter(folder -> folder.startsWith(folders.checkpoints()))
        .mapToLong(FileDeletion::delete)
        .sum();
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
