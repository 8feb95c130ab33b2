package io.lodisc.model.archive;

import io.lodisc.model.archive.ArchiveException.Reason;
import io.lodisc.model.archive.PictureFolder.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pictures in folders named after their class, as a path where folders are nested. Where the first
 * level is nothing but train, test and val, it is the split.
 */
public final class ClassFolders {

  private static final Set<String> SPLITS = Set.of("train", "test", "val");

  private ClassFolders() {}

  static boolean isSplit(String folder) {
    return SPLITS.contains(folder);
  }

  /**
   * Lists the pictures.
   *
   * @param root a real path
   * @throws ArchiveException TRAVERSAL where a link leads out of the root, BAD_MANIFEST where two
   *     pictures would have one id
   */
  public static List<Entry> read(Path root) throws IOException {
    List<Path> pictures = pictures(root);
    boolean splits =
        pictures.stream().allMatch(p -> p.getNameCount() > 1 && isSplit(p.getName(0).toString()));
    Map<String, String> owners = new HashMap<>();
    return pictures.stream()
        .map(picture -> entry(root, picture, splits))
        .peek(entry -> requireUnique(entry, owners))
        .toList();
  }

  private static Entry entry(Path root, Path picture, boolean splits) {
    int first = splits ? 1 : 0;
    int depth = picture.getNameCount() - 1;
    String label = depth > first ? slashed(picture.subpath(first, depth)) : null;
    String split = splits ? picture.getName(0).toString() : null;
    String path = slashed(picture);
    return new Entry(
        root.resolve(picture), path, PictureFolder.idOf(path), label, null, split, Map.of());
  }

  private static void requireUnique(Entry entry, Map<String, String> owners) {
    String other = owners.put(entry.id(), entry.path());
    if (other != null) {
      throw new ArchiveException(
          Reason.BAD_MANIFEST,
          "'%s' and '%s' would both have the id '%s': rename one, or name ids in a manifest.csv"
              .formatted(other, entry.path(), entry.id()),
          null);
    }
  }

  /** Relative paths of all pictures; linked folders are not entered. */
  private static List<Path> pictures(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(p -> !p.equals(root))
          .filter(p -> isWanted(root, p))
          .map(root::relativize)
          .toList();
    }
  }

  private static boolean isWanted(Path root, Path path) {
    Path relative = root.relativize(path);
    for (Path part : relative) {
      if (EntryName.isLitter(part.toString())) {
        return false;
      }
    }
    if (Files.isSymbolicLink(path) && leadsOut(root, path)) {
      throw Enclosure.outside(slashed(relative));
    }
    return Files.isRegularFile(path) && PictureFolder.isPicture(path);
  }

  private static boolean leadsOut(Path root, Path link) {
    try {
      return !link.toRealPath().startsWith(root);
    } catch (IOException dangling) {
      return true;
    }
  }

  private static String slashed(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }
}
