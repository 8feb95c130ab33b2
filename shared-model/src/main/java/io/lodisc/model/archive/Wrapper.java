package io.lodisc.model.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The single folder that archives often have around everything. */
public final class Wrapper {

  private Wrapper() {}

  /**
   * The folder itself, or the one inside it where that is all there is and it is no class.
   *
   * @param root a real path
   */
  public static Path inside(Path root) throws IOException {
    if (PictureManifest.isIn(root)) {
      return root;
    }
    List<Path> content = content(root);
    List<Path> folders = content.stream().filter(Wrapper::isFolder).toList();
    if (folders.size() != 1 || content.stream().anyMatch(Wrapper::isPictureFile)) {
      return root;
    }
    Path only = folders.getFirst();
    return wraps(only) ? only : root;
  }

  private static boolean wraps(Path folder) throws IOException {
    if (PictureManifest.isIn(folder)) {
      return true;
    }
    List<Path> content = content(folder);
    return !ClassFolders.isSplit(folder.getFileName().toString())
        && content.stream().anyMatch(Wrapper::isFolder)
        && content.stream().noneMatch(Wrapper::isPictureFile);
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isPictureFile(Path path) {
    return !isFolder(path) && PictureFolder.isPicture(path);
  }

  private static List<Path> content(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.filter(p -> !EntryName.isLitter(p.getFileName().toString())).toList();
    }
  }
}
