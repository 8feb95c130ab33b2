package io.lodisc.model.archive;

import io.lodisc.model.archive.ArchiveException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder that the paths in a list must stay in.
 *
 * @param root a real path
 */
public record Enclosure(Path root) {

  /**
   * A file of the folder.
   *
   * @param path relative, with forward slashes
   * @return empty where there is no such file
   * @throws ArchiveException TRAVERSAL where the path, or a link on it, leads out of the folder
   */
  public Optional<Path> file(String path) {
    try {
      Path file = root.resolve(path).normalize();
      if (path.startsWith("/") || !file.startsWith(root)) {
        throw outside(path);
      }
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      if (!file.toRealPath().startsWith(root)) {
        throw outside(path);
      }
      return Optional.of(file);
    } catch (InvalidPathException | IOException e) {
      throw new ArchiveException(
          Reason.TRAVERSAL, "the path '%s' is not valid".formatted(EntryName.shown(path)), e);
    }
  }

  static ArchiveException outside(String path) {
    return new ArchiveException(
        Reason.TRAVERSAL,
        "the path '%s' leads out of the folder".formatted(EntryName.shown(path)),
        null);
  }
}
