package io.lodisc.training.worker;

import io.lodisc.web.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The name that this process claims jobs under. It is kept in lodisc.home, so that a process that
 * was started anew knows at once which running jobs were its own; the lock on its file makes sure
 * that no other living process has the name.
 */
final class WorkerIdentity implements AutoCloseable {

  private static final int LENGTH = 36;

  private final String name;
  private final boolean kept;
  private final FileChannel file;

  private WorkerIdentity(String name, boolean kept, FileChannel file) {
    this.name = name;
    this.kept = kept;
    this.file = file;
  }

  static WorkerIdentity of(Path home) {
    try {
      FileChannel file =
          FileChannel.open(
              home.resolve("worker"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (!locked(file)) {
        file.close();
        return new WorkerIdentity(UUID.randomUUID().toString(), false, null);
      }
      return new WorkerIdentity(name(file), true, file);
    } catch (IOException e) {
      throw new SettingException("lodisc.home", home, "cannot be used (" + e + ")", e);
    }
  }

  String name() {
    return name;
  }

  /** Whether an earlier process had the same name. */
  boolean kept() {
    return kept;
  }

  @Override
  public void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static boolean locked(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String name(FileChannel file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
      // until the name is whole or the file ends
    }
    if (!bytes.hasRemaining()) {
      return new String(bytes.array(), StandardCharsets.UTF_8);
    }
    String name = UUID.randomUUID().toString();
    file.truncate(0).write(ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)), 0);
    file.force(true);
    return name;
  }
}
