package io.lodisc.training.checkpoint;

import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.TrainingFolders;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The registered checkpoints. */
@Service
public class CheckpointRegistry {

  private final CheckpointRepository repository;
  private final CheckpointStore store;
  private final TrainingFolders folders;
  private final JsonMapper json;

  CheckpointRegistry(
      CheckpointRepository repository,
      CheckpointStore store,
      TrainingFolders folders,
      JsonMapper json) {
    this.repository = repository;
    this.store = store;
    this.folders = folders;
    this.json = json;
  }

  /** Records a checkpoint that was verified and kept before; its id must be new. */
  public void register(String id, Path folder, Manifest manifest) {
    repository.saveAndFlush(
        new Checkpoint(id, folders.key(folder), json.writeValueAsString(manifest)));
  }

  /** The same in the place of one of that id, if there is one. */
  public void registerOrReplace(String id, Path folder, Manifest manifest) {
    Optional<Checkpoint> before = repository.findById(id);
    if (before.isEmpty()) {
      register(id, folder, manifest);
    } else {
      before.get().replaced(folders.key(folder), json.writeValueAsString(manifest));
    }
  }

  /** Whether there is none of that id, or its files are damaged. */
  public boolean isMissing(String id) {
    Optional<StoredCheckpoint> there = find(id);
    try {
      there.ifPresent(store::verify);
      return there.isEmpty();
    } catch (CheckpointException e) {
      return true;
    }
  }

  /** Records that the same files are elsewhere now. */
  @Transactional
  public void moved(String id, Path folder) {
    repository.findById(id).ifPresent(row -> row.movedTo(folders.key(folder)));
  }

  public Optional<StoredCheckpoint> find(String id) {
    return repository.findById(id).map(this::stored);
  }

  /** The checkpoint of that id, or a 404. */
  public StoredCheckpoint get(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new ApiException(
                    Problem.NOT_FOUND,
                    "There is no checkpoint '%s'.".formatted(id),
                    "GET /api/v1/checkpoints lists the ones there are."));
  }

  /**
   * The checkpoint of that id with its files checked, or a 404.
   *
   * @throws io.lodisc.model.checkpoint.CheckpointException if a file is missing or damaged
   */
  public StoredCheckpoint verified(String id) {
    StoredCheckpoint checkpoint = get(id);
    store.verify(checkpoint);
    return checkpoint;
  }

  /** Newest first. */
  List<StoredCheckpoint> all() {
    return repository.findAllByOrderBySeqDesc().stream().map(this::stored).toList();
  }

  private StoredCheckpoint stored(Checkpoint row) {
    return new StoredCheckpoint(
        row.id(),
        folders.folder(row.folder()),
        json.readValue(row.manifest(), Manifest.class),
        row.createdAt());
  }
}
