package io.lodisc.model.archive;

import io.lodisc.model.archive.ArchiveException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Unpacks uploaded zip files: no traversal, no bombs, no links. */
public final class PictureArchive {

  /** What Windows writes where a name is not UTF-8. */
  private static final String OLD_NAMES = "IBM437";

  /**
   * @param maxEntries files in the archive
   * @param maxEntryBytes of one file, unpacked
   * @param maxTotalBytes of all files, unpacked
   */
  public record Limits(int maxEntries, long maxEntryBytes, long maxTotalBytes) {
    public static final Limits DEFAULT = new Limits(1_000_000, 64L << 20, 64L << 30);
  }

  private PictureArchive() {}

  /**
   * Unpacks into a folder that does not exist yet; on any refusal the folder is gone again. Hidden
   * files and what operating systems add are left out; links become plain files.
   *
   * @throws ArchiveException if the archive is refused
   */
  public static void extract(Path zip, Path into, Limits limits) {
    try {
      if (Files.exists(into)) {
        throw new FileAlreadyExistsException(into.toString());
      }
      Path target = into.toAbsolutePath();
      Files.createDirectories(target.getParent());
      Path unfinished = target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
      try {
        Files.createDirectory(unfinished);
        try (ZipFile archive = open(zip)) {
          new Unpacking(archive, unfinished, limits).run();
        }
        Files.move(unfinished, target);
      } finally {
        FileTrees.delete(unfinished);
      }
    } catch (ZipException e) {
      throw new ArchiveException(
          Reason.NOT_AN_ARCHIVE, "the zip file cannot be read: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("could not unpack the archive", e);
    }
  }

  private static ZipFile open(Path zip) throws IOException {
    if (Files.size(zip) == 0) {
      throw new ArchiveException(Reason.NOT_AN_ARCHIVE, "the file is empty", null);
    }
    try {
      return new ZipFile(zip.toFile(), StandardCharsets.UTF_8);
    } catch (ZipException e) {
      if (!Charset.isSupported(OLD_NAMES)) {
        throw e;
      }
      return new ZipFile(zip.toFile(), Charset.forName(OLD_NAMES));
    }
  }
}
