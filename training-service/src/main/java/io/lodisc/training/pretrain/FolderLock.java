package io.lodisc.training.pretrain;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Keeps two processes from training in one folder. The lock goes with the process. */
final class FolderLock implements AutoCloseable {

  static final String FILE = "lock";
  private static final Duration LOOK = Duration.ofMillis(100);

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until the folder is free.
   *
   * @param folder made if it is not there
   * @throws TrainingException if it is not free within that time, or cannot be locked
   */
  static FolderLock take(Path folder, Duration patience) throws InterruptedException {
    FolderLock lock = new FolderLock(open(folder));
    try {
      if (!lock.taken()) {
        System.err.println("waiting for another process to leave " + folder);
        lock.await(folder, System.nanoTime() + patience.toNanos());
      }
      return lock;
    } catch (InterruptedException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void await(Path folder, long end) throws InterruptedException {
    while (!taken()) {
      if (System.nanoTime() - end > 0) {
        throw new TrainingException(
            "Another process trains in this folder: %s.".formatted(folder),
            "Wait until it has ended, or end it, and try again.",
            null);
      }
      Thread.sleep(LOOK);
    }
  }

  private static FileChannel open(Path folder) {
    try {
      Files.createDirectories(folder);
      return FileChannel.open(
          folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Takes the lock if nobody has it. */
  private boolean taken() {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException mine) {
      return false;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static TrainingException unusable(IOException e) {
    return new TrainingException(
        "The run's folder cannot be locked: " + e.getMessage(),
        "Give it room and the right to write, on a file system that has locks.",
        e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unusable(e);
    }
  }
}
