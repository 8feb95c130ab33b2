package io.lodisc.model.dataset;

import io.lodisc.model.archive.ArchiveException;
import io.lodisc.model.archive.Enclosure;
import io.lodisc.model.dataset.DatasetException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds where a layout begins: archives of the same set are unpacked with a folder around or not.
 */
final class Tops {

  private Tops() {}

  /** The root if it is one, else the only folder in it that is one. */
  static Optional<Path> find(Path root, Predicate<Path> isTop) throws IOException {
    if (isTop.test(root)) {
      return Optional.of(root);
    }
    List<Path> tops;
    try (Stream<Path> content = Files.list(root)) {
      tops =
          content
              .filter(p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))
              .filter(isTop)
              .sorted()
              .toList();
    }
    if (tops.size() > 1) {
      throw new DatasetException(
          Reason.WRONG_LAYOUT,
          "Both '%s' and '%s' hold the set."
              .formatted(tops.getFirst().getFileName(), tops.get(1).getFileName()),
          "Register one of them.",
          null);
    }
    return tops.stream().findFirst();
  }

  /**
   * A file that {@link #hasFiles} saw.
   *
   * @throws ArchiveException TRAVERSAL where it is a link out of the folder
   */
  static Path file(Path top, String name) {
    return new Enclosure(top)
        .file(name)
        .orElseThrow(() -> DatasetException.annotations(name, "it is not there any more", null));
  }

  static boolean hasFiles(Path folder, String... names) {
    return Stream.of(names).allMatch(n -> Files.isRegularFile(folder.resolve(n)));
  }

  static boolean hasFolders(Path folder, String... names) {
    return Stream.of(names).allMatch(n -> Files.isDirectory(folder.resolve(n)));
  }
}
