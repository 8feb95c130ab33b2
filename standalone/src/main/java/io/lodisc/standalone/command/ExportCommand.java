package io.lodisc.standalone.command;

import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.model.exchange.EncoderExport;
import io.lodisc.standalone.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lodisc export DIR --to FILE}. */
@Command(
    name = "export",
    description = "Writes a checkpoint's encoder as one safetensors file under timm's names.",
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "Folder of a checkpoint.")
  private Path checkpoint;

  @Option(names = "--to", paramLabel = "FILE", required = true, description = "New file.")
  private Path to;

  @Override
  public Integer call() throws IOException {
    if (Files.exists(to)) {
      throw new UserException(to + " exists already; name a new file.");
    }
    Files.createDirectories(to.toAbsolutePath().getParent());
    try {
      EncoderExport.write(checkpoint, to);
    } catch (CheckpointException e) {
      throw new UserException(checkpoint + ": " + e.getMessage() + ".");
    }
    System.out.println("Encoder: " + to);
    return 0;
  }
}
