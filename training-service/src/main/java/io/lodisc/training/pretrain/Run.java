package io.lodisc.training.pretrain;

import io.lodisc.training.evaluation.Splits;
import java.nio.file.Path;
import java.util.List;

/**
 * What a training process is told, as {@code run.json} in its folder.
 *
 * @param job its id
 * @param dataset its name
 * @param pictures absolute paths of the picture files
 * @param evaluated labelled pictures to measure on, or, without labels, those trained on; null for
 *     no evaluation
 * @param start folder of the checkpoint to start from; null draws start weights
 * @param checkpoints folder under which checkpoints are written
 * @param cache folder of shrunk pictures that the memory has no room for; null for none
 * @param earlier folders under which earlier attempts at this run wrote checkpoints
 * @param parent folder of another run's checkpoint that this one goes on from; null for none
 */
public record Run(
    String job,
    String dataset,
    Settings settings,
    List<Path> pictures,
    Splits evaluated,
    Path start,
    Path checkpoints,
    Path cache,
    List<Path> earlier,
    Path parent) {

  public Run {
    earlier = earlier == null ? List.of() : List.copyOf(earlier);
  }

  /** A run that has no history. */
  public Run(
      String job,
      String dataset,
      Settings settings,
      List<Path> pictures,
      Splits evaluated,
      Path start,
      Path checkpoints,
      Path cache) {
    this(job, dataset, settings, pictures, evaluated, start, checkpoints, cache, List.of(), null);
  }
}
