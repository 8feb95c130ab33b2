package io.lodisc.model.archive;

import io.lodisc.model.archive.ArchiveException.Reason;
import io.lodisc.model.archive.PictureFolder.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Reads a manifest.csv, every line checked against the files. */
final class ManifestReader {

  private static final Set<String> KNOWN = Set.of("path", "id", "label", "group", "split");
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setTrim(true)
          .setIgnoreEmptyLines(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .get();

  private final Path root;
  private final Map<String, Long> lines = new HashMap<>();

  private ManifestReader(Path root) {
    this.root = root;
  }

  /**
   * @param root a real path
   */
  static List<Entry> read(Path root) {
    return new ManifestReader(root).entries();
  }

  private List<Entry> entries() {
    Path manifest = file(PictureFolder.MANIFEST, 0);
    try (BufferedReader text = Files.newBufferedReader(manifest)) {
      skipByteOrderMark(text);
      try (CSVParser rows = FORMAT.parse(text)) {
        if (!rows.getHeaderNames().contains("path")) {
          throw bad(1, "its header has no column 'path'", null);
        }
        List<Entry> entries = new ArrayList<>();
        for (CSVRecord row : rows) {
          entries.add(entry(row, rows.getCurrentLineNumber()));
        }
        return entries;
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      boolean encoding =
          e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException;
      throw new ArchiveException(
          Reason.BAD_MANIFEST,
          "manifest.csv is not valid %s: %s".formatted(encoding ? "UTF-8" : "CSV", e.getMessage()),
          e);
    }
  }

  private Entry entry(CSVRecord row, long line) {
    if (!row.isConsistent()) {
      throw bad(line, "it has %d cells, not one for each column".formatted(row.size()), null);
    }
    String path = cell(row, "path");
    if (path == null) {
      throw bad(line, "its path is empty", null);
    }
    Path file = file(path, line);
    String id = cell(row, "id") == null ? PictureFolder.idOf(path) : cell(row, "id");
    Long other = lines.putIfAbsent(id, line);
    if (other != null) {
      throw bad(line, "its id '%s' is that of line %d".formatted(id, other), null);
    }
    Map<String, String> metadata = new LinkedHashMap<>(row.toMap());
    metadata.entrySet().removeIf(e -> KNOWN.contains(e.getKey()) || e.getValue().isEmpty());
    return new Entry(
        file,
        path,
        id,
        cell(row, "label"),
        cell(row, "group"),
        cell(row, "split"),
        Collections.unmodifiableMap(metadata));
  }

  private Path file(String path, long line) {
    try {
      Path file = root.resolve(path).normalize();
      if (path.startsWith("/") || !file.startsWith(root)) {
        throw PictureFolder.outside(path);
      }
      if (!Files.isRegularFile(file)) {
        throw bad(line, "there is no file '%s'".formatted(path), null);
      }
      if (!file.toRealPath().startsWith(root)) {
        throw PictureFolder.outside(path);
      }
      return file;
    } catch (InvalidPathException | IOException e) {
      throw bad(line, "the path '%s' is not valid".formatted(path), e);
    }
  }

  private static String cell(CSVRecord row, String column) {
    String value = row.isMapped(column) ? row.get(column) : "";
    return value.isEmpty() ? null : value;
  }

  private static void skipByteOrderMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != '\ufeff') {
      text.reset();
    }
  }

  private static ArchiveException bad(long line, String what, Exception cause) {
    return new ArchiveException(
        Reason.BAD_MANIFEST, "manifest.csv, line %d: %s".formatted(line, what), cause);
  }
}
