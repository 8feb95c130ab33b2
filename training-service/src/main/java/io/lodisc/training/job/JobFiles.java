package io.lodisc.training.job;

import io.lodisc.model.dataset.PictureSplits;
import io.lodisc.training.TrainingFolders;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.checkpoint.CheckpointStore;
import io.lodisc.training.checkpoint.StoredCheckpoint;
import io.lodisc.training.dataset.DatasetRegistry;
import io.lodisc.training.queue.Claim;
import io.lodisc.training.storage.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** What jobs' processes read, as files of this machine. */
@Component
class JobFiles {

  private static final Logger log = LoggerFactory.getLogger(JobFiles.class);

  private final DatasetRegistry datasets;
  private final CheckpointRegistry checkpoints;
  private final CheckpointStore store;
  private final TrainingFolders folders;

  JobFiles(
      DatasetRegistry datasets,
      CheckpointRegistry checkpoints,
      CheckpointStore store,
      TrainingFolders folders) {
    this.datasets = datasets;
    this.checkpoints = checkpoints;
    this.store = store;
    this.folders = folders;
  }

  /** The pictures of a data set. */
  PictureSplits splits(String dataset, Waiting waiting) throws IOException {
    return datasets.splits(dataset, waiting);
  }

  /**
   * The folder of a checkpoint that is read, perhaps the attempt's own copy.
   *
   * @param id null for none
   * @return null for none
   */
  Path checkpoint(String id, Claim claim, Waiting waiting) throws IOException {
    return id == null ? null : store.bring(checkpoints.get(id), inputs(claim).resolve(id), waiting);
  }

  /** Brings the job's own newest checkpoint to where its processes look for it. */
  void resume(JobOrder order, Waiting waiting) throws IOException {
    Optional<StoredCheckpoint> newest =
        Optional.ofNullable(order.checkpoint()).flatMap(checkpoints::find);
    if (newest.isPresent()) {
      store.bring(newest.get(), waiting);
    }
  }

  /** Removes the copies that an attempt had for itself. */
  void discard(Claim claim) {
    try {
      FileSystemUtils.deleteRecursively(inputs(claim));
    } catch (IOException e) {
      log.warn("{} could not be deleted; the sweep will try again", inputs(claim), e);
    }
  }

  private Path inputs(Claim claim) {
    return folders.checkpoints(claim.job()).resolve(claim.attempt()).resolve("inputs");
  }
}
