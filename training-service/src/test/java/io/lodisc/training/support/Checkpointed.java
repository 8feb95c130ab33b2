package io.lodisc.training.support;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Writes small checkpoints that hold no real model. */
public final class Checkpointed {

  public static final Architecture TINY = new Architecture(16, 8, 16, 1, 2, 2, Positions.SINCOS);

  private Checkpointed() {}

  public static Manifest write(Path folder, String job, long step) throws IOException {
    return write(folder, about(job, "pictures", 1, step, null, null));
  }

  /**
   * @param settings of its run; null for none
   * @param training the trainer's log; null for none
   */
  public static Manifest about(
      String job, String dataset, int epoch, long step, Object settings, Object training) {
    return new Manifest(
        Manifest.FORMAT,
        TINY,
        Preprocessing.imagenet(TINY.imageSize()),
        job,
        dataset,
        epoch,
        step,
        0.5,
        Instant.EPOCH,
        Map.of("lodisc", "test"),
        settings,
        Map.of(),
        training);
  }

  public static Manifest write(Path folder, Manifest about) throws IOException {
    return Checkpoints.write(
        folder,
        about,
        Map.of(Checkpoints.ENCODER, Map.of("norm.weight", new Tensor(new float[16], 16))));
  }
}
