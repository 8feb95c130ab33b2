package io.lodisc.model.archive;

import io.lodisc.model.archive.ArchiveException.Reason;
import io.lodisc.model.archive.PictureFolder.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder's list of pictures: {@code manifest.csv} with a header, or {@code manifest.jsonl} with
 * an object a line. {@code path} is relative to the manifest; {@code id, label, group, split} may
 * be there; everything else is metadata.
 */
public final class PictureManifest {

  private static final String CSV = "manifest.csv";
  private static final String JSON_LINES = "manifest.jsonl";
  private static final Set<String> KNOWN = Set.of("path", "id", "label", "group", "split");

  private final Enclosure folder;
  private final List<Entry> entries = new ArrayList<>();
  private final List<MissingFile> missing = new ArrayList<>();
  private final Map<String, Long> lines = new HashMap<>();

  private PictureManifest(Path folder) {
    this.folder = new Enclosure(folder);
  }

  /** Whether the folder has a manifest. */
  public static boolean isIn(Path folder) {
    return name(folder).isPresent();
  }

  /**
   * Reads the manifest of a folder that has one, in the order of its lines.
   *
   * @param folder a real path
   * @throws ArchiveException BAD_MANIFEST with the line's number where it is wrong, TRAVERSAL where
   *     a path leaves the folder
   */
  public static Contents read(Path folder) {
    PictureManifest manifest = new PictureManifest(folder);
    rows(folder, name(folder).orElseThrow()).forEach(manifest::add);
    return new Contents(manifest.entries, manifest.missing);
  }

  private static Optional<String> name(Path folder) {
    return Stream.of(CSV, JSON_LINES).filter(n -> Files.exists(folder.resolve(n))).findFirst();
  }

  private static List<ManifestRow> rows(Path folder, String name) {
    Path file =
        new Enclosure(folder)
            .file(name)
            .orElseThrow(
                () -> new ArchiveException(Reason.BAD_MANIFEST, name + " is no file", null));
    try (BufferedReader text = Files.newBufferedReader(file)) {
      skipByteOrderMark(text);
      return name.equals(CSV) ? CsvRows.read(name, text) : JsonRows.read(name, text);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      boolean encoding =
          e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException;
      throw new ArchiveException(
          Reason.BAD_MANIFEST,
          "%s is not valid %s: %s"
              .formatted(
                  name, encoding ? "UTF-8" : name.equals(CSV) ? "CSV" : "text", e.getMessage()),
          e);
    }
  }

  private void add(ManifestRow row) {
    String path = row.cell("path");
    if (path == null) {
      throw row.bad("its path is empty");
    }
    String id = row.cell("id") == null ? PictureFolder.idOf(path) : row.cell("id");
    Long other = lines.putIfAbsent(id, row.line());
    if (other != null) {
      throw row.bad("its id '%s' is that of line %d".formatted(id, other));
    }
    folder
        .file(path)
        .ifPresentOrElse(
            file -> entries.add(entry(row, file, path, id)),
            () -> missing.add(new MissingFile(path, row.where())));
  }

  private static Entry entry(ManifestRow row, Path file, String path, String id) {
    Map<String, String> metadata = new LinkedHashMap<>(row.cells());
    metadata.keySet().removeAll(KNOWN);
    return new Entry(
        file,
        path,
        id,
        row.cell("label"),
        row.cell("group"),
        row.cell("split"),
        Collections.unmodifiableMap(metadata));
  }

  private static void skipByteOrderMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != '\ufeff') {
      text.reset();
    }
  }
}
