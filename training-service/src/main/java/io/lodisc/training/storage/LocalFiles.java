package io.lodisc.training.storage;

import io.lodisc.training.housekeeping.Headroom;
import io.lodisc.web.blob.BlobException;
import io.lodisc.web.blob.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Brings files to this machine from a store that is apart. Where the store is the folder of
 * lodisc.home, all files are where they are to be, and nothing is brought.
 */
@Component
public class LocalFiles {

  private static final int BUFFER = 1 << 16;
  private static final int MEGABYTE = 1 << 20;

  private final BlobStore store;
  private final Headroom disk;

  LocalFiles(BlobStore store, Headroom disk) {
    this.store = store;
    this.disk = disk;
  }

  /** Whether the store is not the folder of lodisc.home. */
  public boolean areApart() {
    return store.folder().isEmpty();
  }

  /**
   * Brings a blob.
   *
   * @param file where to; not there yet, its folder is
   * @throws IOException if there is no such blob, or no room on the disk
   */
  public void bring(String key, Path file, Waiting waiting) throws IOException {
    while (true) {
      try {
        goOn(store.get(key), file, waiting);
        return;
      } catch (BlobException e) {
        waiting.failed(e);
      }
    }
  }

  /** Goes on after what an earlier try brought. */
  private void goOn(Resource blob, Path file, Waiting waiting) throws IOException {
    long size = blob.contentLength();
    long done = Files.exists(file) ? Files.size(file) : 0;
    requireRoom(size - done);
    long step = Math.max(size / 10, 10 * MEGABYTE);
    long next = step;
    try (InputStream in = blob.getInputStream();
        OutputStream out =
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      in.skipNBytes(done);
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        done += read;
        waiting.goOn();
        if (done >= next && done < size) {
          waiting.tell("%d of %d MB".formatted(done / MEGABYTE, size / MEGABYTE));
          next += step;
        }
      }
    }
    if (done != size) {
      throw new BlobException(
          "Of %s came %d bytes of %d.".formatted(blob.getDescription(), done, size), true, null);
    }
  }

  /**
   * Asks for room on the disk, beside what must always be free.
   *
   * @throws IOException if there is not that much
   */
  public void requireRoom(long bytes) throws IOException {
    Optional<String> lacking = disk.lacking(bytes);
    if (lacking.isPresent()) {
      throw new IOException(lacking.get());
    }
  }
}
