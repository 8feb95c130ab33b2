package io.lodisc.standalone.command;

import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.exchange.EncoderImport;
import io.lodisc.model.exchange.ImportException;
import io.lodisc.model.exchange.ImportOptions;
import io.lodisc.model.exchange.ImportedEncoder;
import io.lodisc.model.image.Preprocessing;
import io.lodisc.model.vit.Architecture;
import io.lodisc.standalone.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lodisc import FILE --to DIR}. */
@Command(
    name = "import",
    description = "Makes a checkpoint of a safetensors file of timm, torchvision or Hugging Face.",
    mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "Weights of a vision transformer.")
  private Path file;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "New folder for the checkpoint.")
  private Path to;

  @Option(
      names = "--heads",
      paramLabel = "N",
      description = "Heads of the attention, which no shape tells; default: by the width.")
  private Integer heads;

  @Option(
      names = "--image-size",
      paramLabel = "N",
      description = "Pixels a side; positions are fitted to it. Default: the file's.")
  private Integer imageSize;

  @Option(
      names = "--mean",
      paramLabel = "R,G,B",
      split = ",",
      description = "Taken off the colours; default: ImageNet's.")
  private List<Double> mean;

  @Option(
      names = "--std",
      paramLabel = "R,G,B",
      split = ",",
      description = "The colours are divided by it; default: ImageNet's.")
  private List<Double> std;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UserException("There is no file " + file + ".");
    }
    if (Files.exists(to)) {
      throw new UserException(to + " exists already; name a new folder.");
    }
    ImportedEncoder encoder = read();
    Files.createDirectories(to.toAbsolutePath().getParent());
    Manifest manifest = encoder.write(to, preprocessing(encoder.architecture()), Instant.now());
    report(encoder, manifest);
    return 0;
  }

  private ImportedEncoder read() throws IOException {
    try {
      return EncoderImport.read(file, new ImportOptions(heads, imageSize));
    } catch (ImportException e) {
      throw new UserException(e.getMessage());
    }
  }

  private Preprocessing preprocessing(Architecture architecture) {
    Preprocessing imagenet = Preprocessing.imagenet(architecture.imageSize());
    try {
      return new Preprocessing(
          imagenet.size(),
          imagenet.resize(),
          mean == null ? imagenet.mean() : mean,
          std == null ? imagenet.std() : std);
    } catch (IllegalArgumentException e) {
      throw new UserException("--mean or --std: " + e.getMessage() + ".");
    }
  }

  private void report(ImportedEncoder encoder, Manifest manifest) {
    Architecture a = manifest.architecture();
    System.out.printf(
        "recognised: %s%nencoder: %d pixels, patch %d, width %d, depth %d, heads %d, %s positions%n",
        encoder.recognised(),
        a.imageSize(),
        a.patch(),
        a.width(),
        a.depth(),
        a.heads(),
        a.positions().name().toLowerCase(Locale.ROOT));
    System.out.println("missing: none");
    System.out.println(
        "unused: " + (encoder.unused().isEmpty() ? "none" : String.join(", ", encoder.unused())));
    encoder.notes().forEach(note -> System.out.println("note: " + note));
    System.out.println("checkpoint: " + to);
  }
}
