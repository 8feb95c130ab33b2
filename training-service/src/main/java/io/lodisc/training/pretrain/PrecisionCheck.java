package io.lodisc.training.pretrain;

import io.lodisc.model.engine.Precision;
import io.lodisc.model.engine.Torch;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How a GPU multiplies is settled when the engine is loaded: by the process's environment. */
final class PrecisionCheck {

  private PrecisionCheck() {}

  /**
   * @throws TrainingException if this process computes on a GPU and was started for another one
   */
  static void require(Precision precision) {
    if (!Torch.isOnGpu() || precision.isPrepared(System.getenv())) {
      return;
    }
    Map<String, String> needed = new TreeMap<>();
    precision.prepare(needed);
    throw new TrainingException(
        "This process was not started for precision %s on a GPU."
            .formatted(precision.name().toLowerCase(Locale.ROOT)),
        "Submit it as a job, or start it where, of all that is about TF32, the environment has %s."
            .formatted(needed),
        null);
  }
}
