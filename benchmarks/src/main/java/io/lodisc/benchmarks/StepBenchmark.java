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
 * METHOD[,METHOD...] [fp32|tf32|bf16]}, a method being lodisc, mocov3, dropped or recompute. Of
 * several, one step each in turn, so that what disturbs the machine disturbs all. Prints a line a
 * method, with peak resident MiB of the process and, last, images a second; of several also the
 * median of the ratios of their times to the first's. Whether a GPU takes TF32 is for the
 * environment to say.
 */
public final class StepBenchmark {

  private static final int WARM_UP = 2;

  private final int batch;
  private final Precision precision;
  private final Architecture vit;
  private final HeadSizes sizes = new HeadSizes(4096, 768);
  private final Weights weights;
  private final AdamW optimizer;
  private final NDManager manager;
  private final float[] pictures;

  private StepBenchmark(int width, int heads, int batch, Precision precision, NDManager manager) {
    this.batch = batch;
    this.precision = precision;
    this.manager = manager;
    this.vit = new Architecture(224, 16, width, 12, heads, 4, Positions.SINCOS);
    this.weights = new Weights(manager);
    LoDiscWeights.initializeQuery(weights, vit, sizes, 0.02, 0);
    LoDiscWeights.copyQueryToKey(weights);
    LoDiscWeights.train(weights, vit, false);
    this.optimizer = new AdamW(weights, 0.1, 0);
    this.pictures = new Draw(1).normal(2 * batch * 3 * 224 * 224, 1);
  }

  public static void main(String[] arguments) throws IOException {
    int width = Integer.parseInt(arguments[0]);
    int heads = Integer.parseInt(arguments[1]);
    int batch = Integer.parseInt(arguments[2]);
    int threads = Integer.parseInt(arguments[3]);
    int steps = Integer.parseInt(arguments[4]);
    String[] methods = arguments[5].split(",");
    String precision = arguments.length > 6 ? arguments[6] : "fp32";

    Torch.start();
    Torch.threads(threads);
    try (NDManager manager = Torch.manager()) {
      double[][] seconds =
          new StepBenchmark(
                  width,
                  heads,
                  batch,
                  Precision.valueOf(precision.toUpperCase(Locale.ROOT)),
                  manager)
              .run(methods, steps);
      for (int i = 0; i < methods.length; i++) {
        System.out.printf(
            Locale.ROOT,
            "step lodisc %s %s width %d batch %d threads %d MiB %d images/s %.2f%n",
            methods[i],
            precision,
            width,
            batch,
            threads,
            Memory.peakMebibytes(),
            batch / median(seconds[i]));
      }
      for (int i = 1; i < methods.length; i++) {
        System.out.println(ratio(methods[i], seconds[i], methods[0], seconds[0]));
      }
    }
  }

  /** Seconds of each step of each method. */
  private double[][] run(String[] methods, int steps) {
    Objective[] objectives = new Objective[methods.length];
    for (int i = 0; i < methods.length; i++) {
      objectives[i] = Objectives.of("lodisc", vit, sizes, options(methods[i]), weights);
    }
    double[][] seconds = new double[methods.length][steps];
    for (int step = -WARM_UP; step < steps; step++) {
      for (int i = 0; i < methods.length; i++) {
        double taken = seconds(objectives[i], step + WARM_UP);
        if (step >= 0) {
          seconds[i][step] = taken;
        }
      }
    }
    return seconds;
  }

  private double seconds(Objective objective, int step) {
    long start = System.nanoTime();
    try (Scope scope = new Scope()) {
      NDArray x = manager.create(pictures, new Shape(2L * batch, 3, 224, 224));
      Torch.inPrecision(precision, () -> objective.step(x, 0.99, step, 1)).loss().getFloat();
    }
    optimizer.step(1e-4);
    return (System.nanoTime() - start) / 1e9;
  }

  private static String ratio(String method, double[] seconds, String first, double[] of) {
    double[] ratios = new double[seconds.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = seconds[i] / of[i];
    }
    Arrays.sort(ratios);
    return String.format(
        Locale.ROOT,
        "time of %s / %s: median %.3f, quartiles %.3f and %.3f of %d steps each",
        method,
        first,
        median(ratios),
        ratios[ratios.length / 4],
        ratios[3 * ratios.length / 4],
        ratios.length);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static LoDiscOptions options(String method) {
    Branches branches = method.equals("mocov3") ? Branches.GLOBAL : Branches.GLOBAL_LOCAL;
    MaskedTokens masked = method.equals("dropped") ? MaskedTokens.DROPPED : MaskedTokens.ZEROED;
    LocalBranch local = new LocalBranch(MaskStrategy.named("location"), 0.7, masked);
    return new LoDiscOptions(branches, 0.2, local, 1, method.equals("recompute"), 0);
  }
}
