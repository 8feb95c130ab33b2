package io.lodisc.training.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.util.FileSystemUtils;

/**
 * A lodisc.home of the context's own, deleted with it; the engine's self-test, which costs each
 * worker a process, has tests of its own.
 */
public class Home implements AutoCloseable {

  private final Path folder;

  Home() throws IOException {
    folder = Files.createTempDirectory("lodisc-test").toRealPath();
  }

  @Bean
  static DynamicPropertyRegistrar homeProperty(Home home) {
    return properties -> {
      properties.add("lodisc.home", () -> home.folder().toString());
      properties.add("lodisc.training.worker.self-test", () -> false);
    };
  }

  public Path folder() {
    return folder;
  }

  /** The allowed root of data sets. */
  public Path datasets() {
    return folder.resolve("datasets");
  }

  @Override
  public void close() throws IOException {
    FileSystemUtils.deleteRecursively(folder);
  }
}
