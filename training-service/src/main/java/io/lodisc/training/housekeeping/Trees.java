package io.lodisc.training.housekeeping;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Files and folders with all that is in them. Links are never followed. */
final class Trees {

  private Trees() {}

  /** What is in a folder; nothing if it is not there. */
  static List<Path> content(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(folder)) {
      return content.sorted().toList();
    }
  }

  /** Deletes what is there, and says how many bytes of files it had. */
  static long delete(Path top) throws IOException {
    Deletion deletion = new Deletion();
    if (Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(top, deletion);
    }
    return deletion.bytes;
  }

  /** When anything in it was last changed. */
  static Instant changed(Path top) throws IOException {
    Changes changes = new Changes();
    Files.walkFileTree(top, changes);
    return changes.last;
  }

  /** Goes on where something went away meanwhile. */
  private abstract static class Visit extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }

  private static final class Deletion extends Visit {

    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes about) throws IOException {
      if (Files.deleteIfExists(file) && about.isRegularFile()) {
        bytes += about.size();
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
      if (e != null) {
        throw e;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }

  private static final class Changes extends Visit {

    private Instant last = Instant.MIN;

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) {
      return seen(about);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
      return seen(about);
    }

    private FileVisitResult seen(BasicFileAttributes about) {
      Instant changed = about.lastModifiedTime().toInstant();
      last = changed.isAfter(last) ? changed : last;
      return FileVisitResult.CONTINUE;
    }
  }
}
