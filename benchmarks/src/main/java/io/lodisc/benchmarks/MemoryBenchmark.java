package io.lodisc.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.method.AdamW;
import io.lodisc.model.method.HeadSizes;
import io.lodisc.model.method.LoDiscWeights;
import io.lodisc.model.method.Objective;
import io.lodisc.model.method.Objectives;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.model.vit.Draw;
import io.lodisc.model.vit.Weights;
import java.io.IOException;

/**
 * Runs many small LoDisc steps and prints the resident memory every tenth of them: {@code STEPS}.
 */
public final class MemoryBenchmark {

  private MemoryBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int steps = Integer.parseInt(arguments[0]);
    Torch.start();
    try (NDManager manager = Torch.manager()) {
      Architecture vit = new Architecture(64, 16, 96, 4, 3, 4, Positions.SINCOS);
      HeadSizes sizes = new HeadSizes(256, 64);
      Weights weights = new Weights(manager);
      LoDiscWeights.initializeQuery(weights, vit, sizes, 0.02, 0);
      LoDiscWeights.copyQueryToKey(weights);
      LoDiscWeights.train(weights, vit, false);
      Objective objective =
          Objectives.of("lodisc", vit, sizes, StepBenchmark.options("lodisc"), weights);
      AdamW optimizer = new AdamW(weights, 0.1, 0);
      float[] pictures = new Draw(1).normal(2 * 16 * 3 * 64 * 64, 1);
      for (int i = 1; i <= steps; i++) {
        try (Scope scope = new Scope()) {
          NDArray x = manager.create(pictures, new Shape(32, 3, 64, 64));
          objective.step(x, 0.99, i, 1).loss().getFloat();
        }
        optimizer.step(1e-4);
        if (i % Math.max(1, steps / 10) == 0) {
          System.out.printf("memory step %d MiB %d%n", i, Memory.residentMebibytes());
        }
      }
    }
  }
}
