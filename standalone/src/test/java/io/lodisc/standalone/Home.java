package io.lodisc.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A home folder of a test. The embedded PostgreSQL may run as another user, so it is in /tmp. */
public record Home(Path path) implements AutoCloseable {

  /** The checkout that this test is part of. */
  public static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  public static Home make() throws IOException {
    return new Home(Files.createTempDirectory("lodisc-test"));
  }

  @Override
  public void close() {
    try (Stream<Path> tree = Files.walk(path)) {
      tree.sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
