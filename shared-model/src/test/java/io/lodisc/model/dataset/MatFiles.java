package io.lodisc.model.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Struct;

/** Writes .mat files as Stanford's are: 1 x N struct arrays and 1 x N cell arrays. */
final class MatFiles {

  private MatFiles() {}

  static void write(Path file, Map<String, Array> variables) {
    MatFile content = Mat5.newMatFile();
    variables.forEach(content::addArray);
    try {
      Files.createDirectories(file.getParent());
      Mat5.writeToFile(content, file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Cell cell(List<String> texts) {
    Cell cell = Mat5.newCell(1, texts.size());
    for (int i = 0; i < texts.size(); i++) {
      cell.set(i, Mat5.newString(texts.get(i)));
    }
    return cell;
  }

  /** Rows of equal fields; a text, a byte as uint8, a boolean as logical, else a double. */
  static Struct structs(List<Map<String, Object>> rows) {
    Struct structs = Mat5.newStruct(1, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      for (Map.Entry<String, Object> field : rows.get(i).entrySet()) {
        structs.set(field.getKey(), i, array(field.getValue()));
      }
    }
    return structs;
  }

  private static Array array(Object value) {
    return switch (value) {
      case String text -> Mat5.newString(text);
      case Boolean truth -> Mat5.newLogicalScalar(truth);
      case Byte small -> {
        Matrix matrix = Mat5.newMatrix(1, 1, MatlabType.UInt8);
        matrix.setByte(0, small);
        yield matrix;
      }
      case Number number -> Mat5.newScalar(number.doubleValue());
      default -> throw new IllegalArgumentException(value.toString());
    };
  }
}
