package io.lodisc.training.dataset;

import io.lodisc.model.archive.PictureFolder.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which pictures a data set had when it was registered. Every attempt of every job takes these,
 * whatever has become of the files: the order of an epoch stays, and what is gone is noticed.
 */
@Component
class ListedPictures {

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ListedPictures(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * @param file below the data set's root
   * @param path as the layout names it
   */
  private record Listed(
      String file, String path, String id, String label, String group, String split) {

    static Listed of(Entry entry, Path root) {
      return new Listed(
          root.relativize(entry.file()).toString(),
          entry.path(),
          entry.id(),
          entry.label(),
          entry.group(),
          entry.split());
    }

    Entry in(Path root) {
      return new Entry(root.resolve(file), path, id, label, group, split, Map.of());
    }
  }

  /**
   * Keeps them with the data set's row.
   *
   * @param root that their files are below
   */
  void keep(Dataset dataset, Path root, List<Entry> entries) {
    jdbc.sql("insert into training.dataset_pictures (dataset, listed) values (:dataset, :listed)")
        .param("dataset", dataset.seq())
        .param("listed", packed(entries, real(root)))
        .update();
  }

  /** Those of a data set whose files are below this root; nothing of one that has none kept. */
  Optional<List<Entry>> of(Dataset dataset, Path root) {
    return jdbc.sql("select listed from training.dataset_pictures where dataset = :dataset")
        .param("dataset", dataset.seq())
        .query(byte[].class)
        .optional()
        .map(listed -> unpacked(listed, root));
  }

  private byte[] packed(List<Entry> entries, Path root) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream packed = new GZIPOutputStream(bytes)) {
      json.writeValue(packed, entries.stream().map(entry -> Listed.of(entry, root)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private List<Entry> unpacked(byte[] listed, Path root) {
    try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(listed))) {
      return Stream.of(json.readValue(unpacked, Listed[].class)).map(e -> e.in(root)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Entries' files are named without links. */
  private static Path real(Path root) {
    try {
      return root.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the folder", e);
    }
  }
}
