package io.lodisc.standalone.jobs;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Asks something of jobs. */
abstract class ChangeCommand implements Callable<Integer> {

  @Mixin private ServerOption server;

  @Parameters(arity = "1..*", paramLabel = "JOB")
  private List<String> jobs;

  private final String what;

  private ChangeCommand(String what) {
    this.what = what;
  }

  @Override
  public Integer call() {
    for (String job : jobs) {
      JsonNode changed = server.client().post("/" + job + "/" + what, null);
      String state = changed.path("state").asString();
      System.out.printf(
          "%s %s%s%n", job, state, state.equals("RUNNING") ? ", asked to " + what : "");
    }
    return 0;
  }

  /** {@code lodisc jobs cancel}. */
  @Command(name = "cancel", description = "Ends jobs for good.", mixinStandardHelpOptions = true)
  static final class Cancel extends ChangeCommand {
    Cancel() {
      super("cancel");
    }
  }

  /** {@code lodisc jobs pause}. */
  @Command(
      name = "pause",
      description = "Ends jobs for now; they keep a checkpoint.",
      mixinStandardHelpOptions = true)
  static final class Pause extends ChangeCommand {
    Pause() {
      super("pause");
    }
  }

  /** {@code lodisc jobs resume}. */
  @Command(
      name = "resume",
      description = "Lets paused, failed or cancelled jobs go on.",
      mixinStandardHelpOptions = true)
  static final class Resume extends ChangeCommand {
    Resume() {
      super("resume");
    }
  }
}
