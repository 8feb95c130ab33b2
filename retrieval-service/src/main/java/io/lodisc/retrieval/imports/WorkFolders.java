package io.lodisc.retrieval.imports;

import io.lodisc.retrieval.config.RetrievalProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Folders to unpack archives in, each gone when it is closed. */
@Component
class WorkFolders {

  /** A new, empty folder. */
  record Work(Path path) implements AutoCloseable {

    @Override
    public void close() {
      try {
        FileSystemUtils.deleteRecursively(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final Path root;

  WorkFolders(RetrievalProperties properties) {
    this.root = properties.work().toAbsolutePath();
  }

  Work open() {
    try {
      Files.createDirectories(root);
      return new Work(Files.createTempDirectory(root, "import-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
