package io.lodisc.standalone.command;

import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.model.reference.Quantity;
import io.lodisc.model.reference.ReferenceCheck;
import io.lodisc.standalone.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;

/** {@code lodisc check-reference DIR}. */
@Command(
    name = "check-reference",
    description = "Runs the LoDisc step on a PyTorch reference and compares every quantity.",
    mixinStandardHelpOptions = true)
public final class CheckReferenceCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      description = "Folder with config.json, initial, step0..N and embed.safetensors.")
  private Path folder;

  @Override
  public Integer call() {
    if (!Files.isRegularFile(folder.resolve("config.json"))) {
      throw new UserException(folder + " holds no config.json, so it is no reference.");
    }
    boolean ok = true;
    for (Quantity quantity : quantities()) {
      ok &= quantity.ok();
      System.out.printf(
          Locale.ROOT,
          "%s %.3e %.3e %s%n",
          quantity.name(),
          quantity.error(),
          quantity.limit(),
          quantity.ok() ? "ok" : "FAIL");
    }
    System.out.println("reference: " + (ok ? "ok" : "FAIL"));
    return ok ? 0 : 1;
  }

  private List<Quantity> quantities() {
    try {
      return ReferenceCheck.run(folder);
    } catch (IOException | CheckpointException | JacksonException e) {
      throw new UserException("The reference cannot be read: " + e.getMessage());
    }
  }
}
