package io.lodisc.model.dataset;

import io.lodisc.model.archive.Contents;
import io.lodisc.model.archive.PictureFolder.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A way in which a picture set is laid out in files. {@link Layouts} has the list; nothing else
 * knows one from another.
 */
public interface Layout {

  /** As users name it: lower-case letters and digits. */
  String name();

  /** The files by which it is recognised, in words. */
  String files();

  /**
   * Looks for the layout.
   *
   * @param root a real path
   * @return the folder that its paths are relative to: the root or one in it; empty if this is not
   *     the layout
   */
  Optional<Path> find(Path root) throws IOException;

  /**
   * Lists the pictures of a folder that {@link #find} found. Splits are {@code train}, {@code test}
   * or {@code val}, labels the classes' names.
   *
   * @throws DatasetException BAD_ANNOTATIONS where the files contradict each other
   */
  Contents read(Path top, LayoutOptions options) throws IOException;

  /** The published numbers beside those of these pictures; none for a set of one's own. */
  default List<Count> counts(List<Entry> entries) {
    return List.of();
  }

  /** What a user of results on this set must know, in sentences. */
  default List<String> notes(LayoutOptions options) {
    return List.of();
  }
}
