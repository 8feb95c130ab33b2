package io.lodisc.training.child;

import io.lodisc.training.pretrain.Fault;
import java.util.Map;

/** Says what a process's exit value means. */
public final class ExitWords {

  private static final int SIGNAL = 128;
  private static final int OUT_OF_MEMORY = 3;

  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP: its terminal was closed",
          2, "SIGINT: it was interrupted",
          4, "SIGILL: this machine's processor lacks an instruction the engine uses",
          6, "SIGABRT: the engine or the JVM crashed",
          7, "SIGBUS: the engine or the JVM crashed, or a disk or shared memory is full",
          8, "SIGFPE: the engine crashed",
          9, "SIGKILL: somebody killed it, or the machine ran out of memory",
          11, "SIGSEGV: the engine or the JVM crashed",
          15, "SIGTERM: it was asked to end");

  private ExitWords() {}

  public static String of(int exit) {
    if (exit == OUT_OF_MEMORY) {
      return "The training process ran out of Java heap (exit code 3);"
          + " raise lodisc.training.child-memory or lower the batch.";
    }
    if (exit > SIGNAL) {
      int signal = exit - SIGNAL;
      return "The training process was ended by %s (exit code %d); see its log."
          .formatted(SIGNALS.getOrDefault(signal, "signal " + signal), exit);
    }
    if (exit == 0) {
      return "The training process ended without saying that it was done; see its log.";
    }
    return "The training process failed with exit code %d; see its log.".formatted(exit);
  }

  /** What kind of failure it is. */
  public static Fault fault(int exit) {
    return exit == OUT_OF_MEMORY ? Fault.MEMORY : exit > SIGNAL ? Fault.CRASHED : Fault.OTHER;
  }

  /** Whether trying again would end the same. */
  public static boolean isHopeless(int exit) {
    return exit == OUT_OF_MEMORY || exit == SIGNAL + 4;
  }
}
