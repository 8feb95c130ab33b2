package io.lodisc.web.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/** Blobs as files of a folder, their keys the paths. */
public final class FolderBlobs implements BlobStore {

  private final Path root;

  /**
   * @param root made when something is stored
   */
  public FolderBlobs(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** What lies in its place already stays as it is. */
  @Override
  public void put(String key, Resource content) {
    Path file = path(key);
    try {
      if (isThere(file, content)) {
        return;
      }
      Files.createDirectories(file.getParent());
      Path part = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
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

  private static boolean isThere(Path file, Resource content) throws IOException {
    return content.isFile()
        && Files.exists(file)
        && Files.isSameFile(file, content.getFile().toPath());
  }

  @Override
  public Resource get(String key) {
    return new FileSystemResource(path(key));
  }

  @Override
  public List<Blob> list(String prefix) {
    Path top = path(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    if (!Files.isDirectory(top)) {
      return List.of();
    }
    try (Stream<Path> tree = Files.walk(top)) {
      return tree.filter(Files::isRegularFile)
          .map(this::blob)
          .filter(blob -> blob.key().startsWith(prefix))
          .sorted(Comparator.comparing(Blob::key))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Blob blob(Path file) {
    try {
      return new Blob(
          root.relativize(file).toString().replace('\\', '/'),
          Files.size(file),
          Files.getLastModifiedTime(file).toInstant());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void delete(Collection<String> keys) {
    try {
      for (String key : keys) {
        Files.deleteIfExists(path(key));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Path> folder() {
    return Optional.of(root);
  }

  private Path path(String key) {
    Path path = root.resolve(key).normalize();
    if (!path.startsWith(root)) {
      throw new IllegalArgumentException("the key '%s' leads out of the store".formatted(key));
    }
    return path;
  }
}
