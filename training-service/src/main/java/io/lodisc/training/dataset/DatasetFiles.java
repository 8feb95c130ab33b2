package io.lodisc.training.dataset;

import io.lodisc.model.archive.PictureArchive;
import io.lodisc.training.TrainingFolders;
import io.lodisc.training.TrainingProperties;
import io.lodisc.training.TrainingProperties.Role;
import io.lodisc.training.storage.LocalFiles;
import io.lodisc.training.storage.Waiting;
import io.lodisc.web.blob.BlobException;
import io.lodisc.web.blob.BlobStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.springframework.core.io.FileSystemResource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.FileSystemUtils;

/**
 * The files of uploaded data sets: an unpacked folder, or, where the store is apart, the zip as it
 * came, which each machine unpacks that needs it.
 */
@Component
class DatasetFiles {

  private static final long LOOK_MILLISECONDS = 200;

  private final BlobStore store;
  private final LocalFiles local;
  private final TrainingFolders folders;
  private final TransactionOperations transaction;
  private final boolean working;

  /** One at a time is fetched by this process; who waits may need the same. */
  private final ReentrantLock fetching = new ReentrantLock();

  DatasetFiles(
      BlobStore store,
      LocalFiles local,
      TrainingFolders folders,
      TransactionOperations transaction,
      TrainingProperties properties) {
    this.store = store;
    this.local = local;
    this.folders = folders;
    this.transaction = transaction;
    this.working = properties.roles().contains(Role.WORKER);
  }

  /**
   * Keeps an upload.
   *
   * @param zip as it came
   * @param unpacked its pictures, which are moved
   * @param row writes the row that names them by the key that it is given
   */
  <T> T keep(String name, Path zip, Path unpacked, Function<String, T> row) {
    return local.areApart() ? keepZip(name, zip, unpacked, row) : keepFolder(name, unpacked, row);
  }

  private <T> T keepFolder(String name, Path unpacked, Function<String, T> row) {
    Path home = folders.dataset(name);
    // The row first: its unique name decides which of two uploads may move its files there.
    return transaction.execute(
        status -> {
          T written = row.apply(folders.key(home));
          deleteAll(home);
          move(unpacked, home);
          return written;
        });
  }

  private <T> T keepZip(String name, Path zip, Path unpacked, Function<String, T> row) {
    Path copy = folders.dataset(name).resolve(UUID.randomUUID().toString());
    String key = folders.key(copy);
    store.put(TrainingFolders.zip(key), new FileSystemResource(zip));
    T written;
    try {
      written = row.apply(key);
    } catch (RuntimeException e) {
      try {
        store.delete(List.of(TrainingFolders.zip(key)));
      } catch (BlobException left) {
        e.addSuppressed(left); // the sweep will try again
      }
      throw e;
    }
    if (working) {
      move(unpacked, copy);
    }
    return written;
  }

  /**
   * Where the files of a data set are on this machine.
   *
   * @param root the key in its row
   */
  Path bring(String root, Waiting waiting) throws IOException {
    Path home = folders.folder(root);
    if (!local.areApart() || !folders.isBlob(home)) {
      return home;
    }
    lock(waiting);
    try {
      if (!Files.isDirectory(home)) {
        fetch(root, home, waiting);
      }
      Files.setLastModifiedTime(home, FileTime.from(Instant.now())); // a copy that is used stays
      return home;
    } finally {
      fetching.unlock();
    }
  }

  private void lock(Waiting waiting) throws IOException {
    try {
      if (fetching.tryLock()) {
        return;
      }
      waiting.tell("waiting for another job of this worker that fetches a data set");
      while (!fetching.tryLock(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        waiting.goOn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a data set");
    }
  }

  private void fetch(String root, Path home, Waiting waiting) throws IOException {
    Path incoming = folders.incoming().resolve(UUID.randomUUID().toString());
    try {
      Files.createDirectories(incoming);
      Path zip = incoming.resolve("upload.zip");
      waiting.tell("fetching data set " + root);
      local.bring(TrainingFolders.zip(root), zip, waiting);
      local.requireRoom(unpackedBytes(zip));
      waiting.tell("unpacking it");
      Path unpacked = incoming.resolve("pictures");
      PictureArchive.extract(zip, unpacked, PictureArchive.Limits.DEFAULT);
      move(unpacked, home);
    } finally {
      deleteAll(incoming);
    }
  }

  private static long unpackedBytes(Path zip) throws IOException {
    try (ZipFile archive = new ZipFile(zip.toFile(), StandardCharsets.ISO_8859_1)) {
      return archive.stream().mapToLong(ZipEntry::getSize).sum();
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException("The pictures could not be moved to " + to, e);
    }
  }

  private static void deleteAll(Path folder) {
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " could not be deleted", e);
    }
  }
}
