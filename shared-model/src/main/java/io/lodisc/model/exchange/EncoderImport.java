package io.lodisc.model.exchange;

import io.lodisc.model.checkpoint.CheckpointException;
import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.SafeTensorsFile;
import io.lodisc.model.checkpoint.Tensor;
import io.lodisc.model.exchange.ImportException.Reason;
import io.lodisc.model.vit.Architecture;
import io.lodisc.model.vit.Architecture.Positions;
import io.lodisc.model.vit.PositionTable;
import io.lodisc.model.vit.VisionTransformer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads an encoder out of a safetensors file, whosever names it has. */
public final class EncoderImport {

  private static final String POSITIONS = "pos_embed";
  private static final int SHOWN = 10;

  private final SafeTensorsFile file;
  private final ImportOptions options;
  private final Recognition recognised;

  private EncoderImport(SafeTensorsFile file, ImportOptions options) {
    this.file = file;
    this.options = options;
    this.recognised = Recognition.of(file.names());
  }

  /**
   * Recognises the names, checks the shapes, reads what the encoder needs and nothing else.
   *
   * @throws ImportException if the file is refused; its reason says why
   * @throws IOException if the file cannot be read
   */
  public static ImportedEncoder read(Path file, ImportOptions options) throws IOException {
    try (SafeTensorsFile open = open(file)) {
      return new EncoderImport(open, options).read();
    } catch (CheckpointException e) {
      throw ImportException.unsupported(e.getMessage() + ".");
    }
  }

  private static SafeTensorsFile open(Path file) throws IOException {
    try {
      return SafeTensorsFile.open(file);
    } catch (CheckpointException e) {
      throw new ImportException(Reason.NOT_SAFETENSORS, e.getMessage() + ".", List.of());
    }
  }

  private ImportedEncoder read() throws IOException {
    refuseMissing();
    refuseUnknownParts();
    Sizes sizes =
        Sizes.of(
            shape("patch_embed.proj.weight"), shape(POSITIONS), shape("blocks.0.mlp.fc1.weight"));
    float[] table = tensor(POSITIONS).values();
    Architecture stored = architecture(sizes, table);
    refuseOtherShapes(stored);
    Architecture wanted = wanted(stored);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : recognised.sources().keySet()) {
      tensors.put(
          name,
          name.equals(POSITIONS)
              ? positions(PositionTable.fit(table, stored, wanted), wanted)
              : tensor(name));
    }
    return new ImportedEncoder(
        recognised.naming().name(), wanted, tensors, recognised.unused(), notes(stored, wanted));
  }

  private void refuseMissing() {
    List<String> missing = recognised.missing();
    if (!missing.isEmpty()) {
      throw new ImportException(
          Reason.MISSING_TENSORS,
          "The names are those of %s, but the file lacks %d of them: %s."
              .formatted(recognised.naming().name(), missing.size(), shown(missing)),
          missing);
    }
  }

  private void refuseUnknownParts() {
    List<String> parts = recognised.unusedInside();
    if (!parts.isEmpty()) {
      throw new ImportException(
          Reason.UNSUPPORTED_ENCODER,
          "Its blocks hold %d tensors that this transformer does not compute with: %s."
              .formatted(parts.size(), shown(parts)),
          parts);
    }
  }

  private Architecture architecture(Sizes sizes, float[] table) {
    Positions positions =
        table.length == (1L + sizes.grid() * sizes.grid()) * sizes.width()
                && PositionTable.isFixed(table, sizes.grid(), sizes.width())
            ? Positions.SINCOS
            : Positions.LEARNED;
    try {
      return new Architecture(
          sizes.grid() * sizes.patch(),
          sizes.patch(),
          sizes.width(),
          recognised.depth(),
          Heads.of(options.heads(), file.metadata(), sizes.width(), positions),
          sizes.mlpRatio(),
          positions);
    } catch (IllegalArgumentException e) {
      throw ImportException.unsupported("The encoder cannot be used: " + e.getMessage() + ".");
    }
  }

  private void refuseOtherShapes(Architecture architecture) {
    Shapes.of(architecture)
        .forEach(
            (name, expected) -> {
              if (!Arrays.equals(shape(name), expected)) {
                String theirs = String.join(" + ", recognised.sources().get(name));
                throw ImportException.unsupported(
                    "%s has the shape %s, not %s."
                        .formatted(theirs, Arrays.toString(shape(name)), Arrays.toString(expected)),
                    recognised.sources().get(name).toArray(String[]::new));
              }
            });
  }

  private Architecture wanted(Architecture stored) {
    try {
      return options.imageSize() == null ? stored : stored.withImageSize(options.imageSize());
    } catch (IllegalArgumentException e) {
      throw ImportException.unsupported(
          "imageSize %d cannot be used with patches of %d pixels: %s."
              .formatted(options.imageSize(), stored.patch(), e.getMessage()));
    }
  }

  /** The shape of the tensors stacked; none of any encoder if they do not fit on each other. */
  private long[] shape(String name) {
    List<String> parts = recognised.sources().get(name);
    long[] first = file.shape(parts.getFirst());
    if (first.length == 0
        || !parts.stream().allMatch(part -> Arrays.equals(file.shape(part), first))) {
      return new long[0];
    }
    long[] stacked = first.clone();
    stacked[0] = first[0] * parts.size();
    return stacked;
  }

  private Tensor tensor(String name) throws IOException {
    List<Tensor> parts = new ArrayList<>();
    for (String part : recognised.sources().get(name)) {
      parts.add(finite(part, file.read(part)));
    }
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    int each = parts.getFirst().values().length;
    float[] values = new float[Math.multiplyExact(each, parts.size())];
    for (int i = 0; i < parts.size(); i++) {
      System.arraycopy(parts.get(i).values(), 0, values, i * each, each);
    }
    return new Tensor(values, shape(name));
  }

  private static Tensor finite(String name, Tensor tensor) {
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        throw ImportException.unsupported(
            "%s holds a value that is %s.".formatted(name, value), name);
      }
    }
    return tensor;
  }

  private static Tensor positions(float[] table, Architecture architecture) {
    return new Tensor(table, 1, 1 + architecture.patches(), architecture.width());
  }

  private List<String> notes(Architecture stored, Architecture wanted) {
    List<String> notes = new ArrayList<>();
    if (!recognised.prefix().isEmpty()) {
      notes.add("The prefix '%s' was taken off.".formatted(recognised.prefix()));
    }
    if (options.heads() == null && !file.metadata().containsKey(Checkpoints.HEADS)) {
      notes.add(
          "The file does not tell the number of heads; %d are taken, as a transformer of width %d has."
              .formatted(stored.heads(), stored.width()));
    }
    if (recognised.naming().epsilon() != VisionTransformer.EPSILON) {
      notes.add(
          "%s normalises with an epsilon of %.0e, lodisc with %.0e."
              .formatted(
                  recognised.naming().name(),
                  recognised.naming().epsilon(),
                  VisionTransformer.EPSILON));
    }
    if (stored.imageSize() != wanted.imageSize()) {
      notes.add(
          "The positions were fitted from pictures of %d pixels to %d."
              .formatted(stored.imageSize(), wanted.imageSize()));
    }
    return notes;
  }

  private static String shown(List<String> names) {
    String first = String.join(", ", names.stream().limit(SHOWN).toList());
    return names.size() <= SHOWN ? first : first + ", ...";
  }
}
