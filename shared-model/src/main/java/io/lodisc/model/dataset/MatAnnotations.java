package io.lodisc.model.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

/** A MATLAB 5 file of annotations: a struct array, and cell arrays of names. */
final class MatAnnotations {

  /** The largest that is read; those of Stanford Cars have less than 1 MB. */
  private static final long MOST_BYTES = 64L << 20;

  private static final int MOST_UNPACKED = 512 << 20;

  private final String name;
  private final MatFile content;

  private MatAnnotations(String name, MatFile content) {
    this.name = name;
    this.content = content;
  }

  static MatAnnotations open(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (Files.size(file) > MOST_BYTES) {
      throw DatasetException.annotations(name, "it is larger than 64 MB", null);
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      return new MatAnnotations(
          name,
          Mat5.newReader(Sources.wrap(bytes))
              .setBufferAllocator(new BoundedBuffers(MOST_UNPACKED))
              .disableSubsystemProcessing()
              .readMat());
    } catch (IOException | RuntimeException e) {
      throw DatasetException.annotations(name, "it is no readable MATLAB 5 file", e);
    }
  }

  /** The elements of a struct array. */
  List<Row> rows(String variable) {
    Struct rows =
        read(name, "struct array '%s'".formatted(variable), () -> content.getStruct(variable));
    return IntStream.range(0, rows.getNumElements()).mapToObj(i -> new Row(rows, i)).toList();
  }

  /** A cell array of texts. */
  List<String> texts(String variable) {
    return read(
        name,
        "cell array of texts '%s'".formatted(variable),
        () -> {
          Cell cells = content.getCell(variable);
          return IntStream.range(0, cells.getNumElements())
              .mapToObj(i -> cells.getChar(i).getString().strip())
              .toList();
        });
  }

  private static <T> T read(String where, String what, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (RuntimeException e) {
      throw DatasetException.annotations(where, "it has no " + what, e);
    }
  }

  /** An element of a struct array. */
  final class Row {

    private final Struct rows;
    private final int index;

    private Row(Struct rows, int index) {
      this.rows = rows;
      this.index = index;
    }

    String where() {
      return "%s, element %d".formatted(name, index + 1);
    }

    boolean has(String field) {
      return rows.getFieldNames().contains(field);
    }

    String text(String field) {
      return read(
          where(), "text '%s'".formatted(field), () -> rows.getChar(field, index).getString());
    }

    int number(String field) {
      return read(
          where(), "number '%s'".formatted(field), () -> rows.getMatrix(field, index).getInt(0));
    }
  }
}
