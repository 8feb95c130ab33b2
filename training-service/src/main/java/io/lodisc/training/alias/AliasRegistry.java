package io.lodisc.training.alias;

import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.checkpoint.StoredCheckpoint;
import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;

/** The names that models are served under. */
@Service
public class AliasRegistry {

  private final AliasRepository repository;
  private final CheckpointRegistry checkpoints;

  AliasRegistry(AliasRepository repository, CheckpointRegistry checkpoints) {
    this.repository = repository;
    this.checkpoints = checkpoints;
  }

  /** The checkpoint of that id, else the one that the alias now means. */
  public Optional<StoredCheckpoint> checkpoint(String idOrAlias) {
    return checkpoints
        .find(idOrAlias)
        .or(() -> repository.find(idOrAlias).map(a -> checkpoints.get(a.checkpoint())));
  }

  /** The same, or a 404. */
  public StoredCheckpoint required(String idOrAlias) {
    return checkpoint(idOrAlias)
        .orElseThrow(
            () ->
                new ApiException(
                    Problem.NOT_FOUND,
                    "There is no checkpoint or model '%s'.".formatted(idOrAlias),
                    "GET /api/v1/checkpoints and /api/v1/models list the ones there are."));
  }

  /**
   * Lets the alias mean the checkpoint, whose files are verified first.
   *
   * @param who a user's name, or the part of lodisc that does it by itself
   * @param why in words, or null
   */
  public ModelAlias promote(String alias, String checkpoint, String who, String why) {
    String id = checkpoints.verified(checkpoint).id();
    try {
      return repository.promote(alias, id, who, why);
    } catch (DataIntegrityViolationException e) {
      checkpoints.get(id); // which tells if it was deleted since
      throw e;
    }
  }

  /** Keeps others from moving the alias until this transaction ends. */
  public void lock(String alias) {
    repository.lock(alias);
  }

  public Optional<ModelAlias> find(String alias) {
    return repository.find(alias);
  }

  ModelAlias get(String alias) {
    return find(alias)
        .orElseThrow(
            () ->
                new ApiException(
                    Problem.NOT_FOUND,
                    "There is no model '%s'.".formatted(alias),
                    "Promote a checkpoint: PUT /api/v1/models/" + alias + "."));
  }

  List<ModelAlias> all() {
    return repository.all();
  }
}
