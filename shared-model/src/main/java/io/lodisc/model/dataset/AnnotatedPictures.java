package io.lodisc.model.dataset;

import io.lodisc.model.archive.Contents;
import io.lodisc.model.archive.Enclosure;
import io.lodisc.model.archive.MissingFile;
import io.lodisc.model.archive.PictureFolder;
import io.lodisc.model.archive.PictureFolder.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the pictures that annotation files name; each must stay in the folder and be one. */
final class AnnotatedPictures {

  private final Enclosure top;
  private final List<Entry> entries = new ArrayList<>();
  private final List<MissingFile> missing = new ArrayList<>();
  private final Map<String, String> namedBy = new HashMap<>();

  /**
   * @param top a real path
   */
  AnnotatedPictures(Path top) {
    this.top = new Enclosure(top);
  }

  /**
   * @param path relative to the top
   * @param where the place that names it
   */
  void add(String path, String where, String label, String split) {
    String id = PictureFolder.idOf(path);
    String before = namedBy.putIfAbsent(id, where);
    if (before != null) {
      throw DatasetException.annotations(
          where, "the picture '%s' is named by %s already".formatted(path, before), null);
    }
    top.file(path)
        .ifPresentOrElse(
            file -> entries.add(new Entry(file, path, id, label, null, split, Map.of())),
            () -> missing.add(new MissingFile(path, where)));
  }

  Contents contents() {
    return new Contents(List.copyOf(entries), List.copyOf(missing));
  }
}
