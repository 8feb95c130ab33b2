package io.lodisc.standalone;

import io.lodisc.standalone.command.CheckReferenceCommand;
import io.lodisc.standalone.command.PretrainCommand;
import io.lodisc.standalone.command.ServeCommand;
import io.lodisc.standalone.demo.DemoCommand;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
    name = "lodisc",
    description = "Fine-grained visual search without labels.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      PretrainCommand.class,
      CheckReferenceCommand.class
    })
public final class Lodisc {

  private Lodisc() {}

  public static void main(String[] arguments) {
    LoggingSystem.get(Lodisc.class.getClassLoader()).beforeInitialize();
    System.exit(run(arguments));
  }

  /** Runs a command and returns its exit code. */
  static int run(String... arguments) {
    CommandLine line = new CommandLine(new Lodisc());
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          if (e instanceof UserException) {
            System.err.println("lodisc: " + e.getMessage());
            return 1;
          }
          throw e;
        });
    return line.execute(arguments);
  }
}
