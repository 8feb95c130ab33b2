package io.lodisc.standalone;

import io.lodisc.standalone.command.CheckReferenceCommand;
import io.lodisc.standalone.command.ExportCommand;
import io.lodisc.standalone.command.ImportCommand;
import io.lodisc.standalone.command.PretrainCommand;
import io.lodisc.standalone.command.ReproduceCommand;
import io.lodisc.standalone.command.ServeCommand;
import io.lodisc.standalone.demo.DemoCommand;
import io.lodisc.standalone.jobs.JobsCommand;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
    name = "lodisc",
    description = "Fine-grained visual search without labels.",
    mixinStandardHelpOptions = true,
    versionProvider = Lodisc.Version.class,
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      JobsCommand.class,
      PretrainCommand.class,
      ReproduceCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      CheckReferenceCommand.class
    })
public final class Lodisc {

  private Lodisc() {}

  /** The build's version; none when run from classes. */
  static final class Version implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Lodisc.class.getPackage().getImplementationVersion();
      return new String[] {"lodisc " + (version == null ? "development" : version)};
    }
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs a command and returns its exit code. Nothing is logged but by a server. */
  static int run(String... arguments) {
    LoggingSystem.get(Lodisc.class.getClassLoader()).beforeInitialize();
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
