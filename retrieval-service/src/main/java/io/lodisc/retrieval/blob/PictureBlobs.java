package io.lodisc.retrieval.blob;

import io.lodisc.retrieval.config.RetrievalProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** A folder of pictures, each named by the SHA-256 of its bytes. */
@Component
public class PictureBlobs {

  private final Path root;

  PictureBlobs(RetrievalProperties properties) {
    this.root = properties.pictures();
  }

  /** Stores a picture, in full or not at all; one that is there already stays as it is. */
  public void put(String sha256, Resource content) {
    Path file = file(sha256);
    if (Files.exists(file)) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      Path part = Files.createTempFile(file.getParent(), sha256, ".part");
      try (InputStream in = content.getInputStream()) {
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The picture's bytes. */
  public Resource get(String sha256) {
    return new FileSystemResource(file(sha256));
  }

  void delete(String sha256) {
    try {
      Files.deleteIfExists(file(sha256));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String sha256) {
    return root.resolve(sha256.substring(0, 2)).resolve(sha256);
  }
}
