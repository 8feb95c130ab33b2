package io.lodisc.model.archive;

import io.lodisc.model.archive.ArchiveException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The pictures of a folder: as its {@link PictureManifest} lists them, else class folders, else
 * flat.
 *
 * <p>Without a manifest, the folder that holds a picture is its class, as a path where folders are
 * nested. Where the first level is nothing but train, test and val, it is the split. A single
 * folder around everything, as archives often have, is looked through.
 */
public final class PictureFolder {

  private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "webp", "gif", "bmp");

  /**
   * One picture. What the layout does not say is null, metadata then empty.
   *
   * @param file where its bytes are
   * @param path as named in the layout, relative to the root, with forward slashes
   * @param id unique in the folder: the manifest's, else the path without its extension, slashes
   *     replaced by dashes
   * @param label the class
   * @param group such as camera, designer or session
   * @param split such as train or test
   */
  public record Entry(
      Path file,
      String path,
      String id,
      String label,
      String group,
      String split,
      Map<String, String> metadata) {}

  private PictureFolder() {}

  /**
   * Lists the pictures, sorted by path.
   *
   * @throws ArchiveException EMPTY without a picture, TRAVERSAL where a path leaves the root,
   *     BAD_MANIFEST with the line's number where the manifest is wrong or names a file that is not
   *     there
   */
  public static List<Entry> list(Path root) {
    if (!Files.isDirectory(root)) {
      throw new ArchiveException(Reason.EMPTY, "there is no such folder", null);
    }
    try {
      Path top = Wrapper.inside(root.toRealPath());
      List<Entry> entries = PictureManifest.isIn(top) ? listed(top) : ClassFolders.read(top);
      if (entries.isEmpty()) {
        throw new ArchiveException(
            Reason.EMPTY,
            "there is no picture (%s) in it"
                .formatted(String.join(", ", EXTENSIONS.stream().sorted().toList())),
            null);
      }
      return entries.stream().sorted(Comparator.comparing(Entry::path)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the folder", e);
    }
  }

  private static List<Entry> listed(Path folder) {
    Contents contents = PictureManifest.read(folder);
    if (!contents.missing().isEmpty()) {
      MissingFile first = contents.missing().getFirst();
      throw new ArchiveException(
          Reason.BAD_MANIFEST,
          "%s: there is no file '%s'".formatted(first.namedBy(), first.path()),
          null);
    }
    return contents.entries();
  }

  static boolean isPicture(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** The id of a picture that is given none: its path without extension, dashes for slashes. */
  public static String idOf(String path) {
    int dot = path.lastIndexOf('.');
    return (dot > path.lastIndexOf('/') ? path.substring(0, dot) : path).replace('/', '-');
  }
}
