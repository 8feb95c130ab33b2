package io.lodisc.standalone.server;

import io.lodisc.standalone.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two programs from using one home folder. The lock goes with the process. */
final class HomeLock implements AutoCloseable {

  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  static HomeLock take(Path home) {
    try {
      Files.createDirectories(home);
      FileChannel channel =
          FileChannel.open(
              home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw new UserException(
            "Another lodisc is using %s; stop it, or give --home another folder.".formatted(home));
      }
      return new HomeLock(channel);
    } catch (IOException e) {
      throw new UserException("The folder %s cannot be used: %s".formatted(home, e.getMessage()));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
