package io.lodisc.deployment.compose;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.springframework.util.FileSystemUtils;

/** What an image has below /opt/lodisc, in a folder of this machine, made by the same script. */
final class ImageFolder {

  private static final List<String> FILES =
      List.of("healthcheck", "java.options", "no-database.properties");

  private ImageFolder() {}

  /**
   * Makes it, unless it is there for the same executable jar.
   *
   * @param service such as training-service
   */
  static synchronized Path of(Path project, String service)
      throws IOException, InterruptedException {
    Path jar = executable(project, service);
    Path folder = project.resolve("deployment/target/images").resolve(service);
    Path made = folder.resolve("made-from");
    String sum = sum(jar);
    if (Files.exists(made) && Files.readString(made).equals(sum)) {
      return folder;
    }
    FileSystemUtils.deleteRecursively(folder);
    Files.createDirectories(folder.getParent());
    ProcessBuilder layout =
        new ProcessBuilder(
            project.resolve("deploy/images/layout").toString(), jar.toString(), folder.toString());
    layout.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Path log = folder.resolveSibling(service + ".log");
    if (layout.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor() != 0) {
      throw new IOException("deploy/images/layout failed: " + Files.readString(log));
    }
    for (String file : FILES) {
      Files.copy(
          project.resolve("deploy/images").resolve(file),
          folder.resolve(file),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    FileSystemUtils.copyRecursively(
        project.resolve("starter/checkpoint"), folder.resolve("starter"));
    Files.writeString(made, sum);
    return folder;
  }

  /** The service's executable jar. */
  static Path executable(Path project, String service) throws IOException {
    try (Stream<Path> files = Files.list(project.resolve(service).resolve("target"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException(service + " is not packaged; run mvn package first"));
    }
  }

  private static String sum(Path file) throws IOException {
    CRC32 sum = new CRC32();
    byte[] buffer = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sum.update(buffer, 0, n);
      }
    }
    return Files.size(file) + " " + sum.getValue();
  }
}
