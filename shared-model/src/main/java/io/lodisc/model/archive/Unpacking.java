package io.lodisc.model.archive;

import io.lodisc.model.archive.ArchiveException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** One archive being unpacked. Sizes are counted, never believed. */
final class Unpacking {

  private final ZipFile archive;
  private final Path into;
  private final PictureArchive.Limits limits;
  private final Set<EntryName> written = new HashSet<>();
  private final byte[] buffer = new byte[1 << 16];
  private int entries;
  private long total;

  Unpacking(ZipFile archive, Path into, PictureArchive.Limits limits) {
    this.archive = archive;
    this.into = into;
    this.limits = limits;
  }

  void run() throws IOException {
    Iterator<? extends ZipEntry> all = archive.entries().asIterator();
    while (all.hasNext()) {
      ZipEntry entry = all.next();
      EntryName name = EntryName.of(entry.getName());
      if (!entry.isDirectory()) {
        count();
        if (!name.isLitter()) {
          write(entry, name);
        }
      }
    }
    if (written.isEmpty()) {
      throw new ArchiveException(Reason.EMPTY, "the archive holds no files", null);
    }
  }

  private void count() {
    if (++entries > limits.maxEntries()) {
      throw tooLarge("the archive has more than %d files".formatted(limits.maxEntries()));
    }
  }

  private void write(ZipEntry entry, EntryName name) throws IOException {
    if (!written.add(name)) {
      throw new ArchiveException(
          Reason.TRAVERSAL, "the entry '%s' is there twice".formatted(name), null);
    }
    Path file = into.resolve(name.toString());
    try {
      Files.createDirectories(file.getParent());
      try (InputStream in = archive.getInputStream(entry);
          OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
        copy(entry, name, in, out);
      }
    } catch (FileAlreadyExistsException e) {
      throw new ArchiveException(
          Reason.TRAVERSAL, "the entry '%s' is both a file and a folder".formatted(name), e);
    } catch (EOFException | ZipException e) {
      throw damaged(name, e);
    }
  }

  private void copy(ZipEntry entry, EntryName name, InputStream in, OutputStream out)
      throws IOException {
    CRC32 crc = new CRC32();
    long bytes = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      bytes += n;
      total += n;
      if (bytes > limits.maxEntryBytes()) {
        throw tooLarge(
            "the entry '%s' unpacks to more than %d bytes".formatted(name, limits.maxEntryBytes()));
      }
      if (total > limits.maxTotalBytes()) {
        throw tooLarge(
            "the archive unpacks to more than %d bytes".formatted(limits.maxTotalBytes()));
      }
      crc.update(buffer, 0, n);
      out.write(buffer, 0, n);
    }
    if (crc.getValue() != entry.getCrc()) {
      throw damaged(name, null);
    }
  }

  private static ArchiveException damaged(EntryName name, Exception cause) {
    return new ArchiveException(
        Reason.NOT_AN_ARCHIVE,
        "the entry '%s' is damaged, encrypted or packed in an unknown way".formatted(name),
        cause);
  }

  private static ArchiveException tooLarge(String message) {
    return new ArchiveException(Reason.TOO_LARGE, message, null);
  }
}
