package io.lodisc.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lodisc.model.engine.Precision;
import io.lodisc.model.engine.Scope;
import io.lodisc.model.engine.Torch;
import io.lodisc.model.method.AdamW;
import io.lodisc.model.method.Branches;
import io.lodisc.model.method.HeadSizes;
import io.lodisc.model.method.LoDiscOptions;
import io.lodisc.model.method.LoDiscWeights;
import io.lodisc.model.method.LocalBranch;
import io.lodisc.model.method.MaskedTokens;
import io.lodisc.model.method.Objective;
import io.lodisc.model.method.Objectives;
import io.lodisc.model.method.mask.MaskStrategy;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.model.vit.Draw;
import io.lodisc.model.vit.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Times the step on random pictures, 224 px, patches of 16: {@code WIDTH HEADS BATCH THREADS STEPS
 * lodisc|mocov3|dropped|recompute [fp32|tf32|bf16]}. Prints peak resident MiB and, last on the
 * line, images a second. Whether a GPU takes TF32 is for the environment to say.
 */
public final class StepBenchmark {

  private static final int WARM_UP = 2;

  private StepBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int width = Integer.parseInt(arguments[0]);
    int heads = Integer.parseInt(arguments[1]);
    int batch = Integer.parseInt(arguments[2]);
    int threads = Integer.parseInt(arguments[3]);
    int steps = Integer.parseInt(arguments[4]);
    String method = arguments[5];
    String name = arguments.length > 6 ? arguments[6] : "fp32";
    Precision precision = Precision.valueOf(name.toUpperCase(Locale.ROOT));

    Torch.start();
    Torch.threads(threads);
    try (NDManager manager = Torch.manager()) {
      Architecture vit = new Architecture(224, 16, width, 12, heads, 4, Positions.SINCOS);
      HeadSizes sizes = new HeadSizes(4096, 768);
      Weights weights = new Weights(manager);
      LoDiscWeights.initializeQuery(weights, vit, sizes, 0.02, 0);
      LoDiscWeights.copyQueryToKey(weights);
      LoDiscWeights.train(weights, vit, false);
      Objective objective = Objectives.of("lodisc", vit, sizes, options(method), weights);
      AdamW optimizer = new AdamW(weights, 0.1, 0);
      float[] pictures = new Draw(1).normal(2 * batch * 3 * 224 * 224, 1);
      double[] seconds = new double[steps];
      for (int i = -WARM_UP; i < steps; i++) {
        long start = System.nanoTime();
        try (Scope scope = new Scope()) {
          NDArray x = manager.create(pictures, new Shape(2L * batch, 3, 224, 224));
          int step = i + WARM_UP;
          Torch.inPrecision(precision, () -> objective.step(x, 0.99, step, 1)).loss().getFloat();
        }
        optimizer.step(1e-4);
        if (i >= 0) {
          seconds[i] = (System.nanoTime() - start) / 1e9;
        }
      }
      Arrays.sort(seconds);
      System.out.printf(
          Locale.ROOT,
          "step lodisc %s %s width %d batch %d threads %d MiB %d images/s %.2f%n",
          method,
          name,
          width,
          batch,
          threads,
          Memory.peakMebibytes(),
          batch / seconds[steps / 2]);
    }
  }

  static LoDiscOptions options(String method) {
    Branches branches = method.equals("mocov3") ? Branches.GLOBAL : Branches.GLOBAL_LOCAL;
    MaskedTokens masked = method.equals("dropped") ? MaskedTokens.DROPPED : MaskedTokens.ZEROED;
    LocalBranch local = new LocalBranch(MaskStrategy.named("location"), 0.7, masked);
    return new LoDiscOptions(branches, 0.2, local, 1, method.equals("recompute"), 0);
  }
}
