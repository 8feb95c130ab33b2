package io.lodisc.deployment.images;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.springframework.util.FileSystemUtils;

/**
 * An image of ours without a container engine: what it has below /opt/lodisc lies in a folder of
 * this machine, made by the same script and the same runs of our program, whose start-up cache is
 * of this machine's Java.
 */
public record Image(Dockerfile dockerfile, Path folder) {

  private static final String INSIDE = "/opt/lodisc";
  private static final List<String> FILES =
      List.of("healthcheck", "java.options", "no-database.properties");

  /** What this process has looked at. */
  private static final Map<String, Image> KNOWN = new HashMap<>();

  /**
   * Makes it, unless it is there for the same executable jar.
   *
   * @param service such as training-service
   */
  public static synchronized Image of(Path project, String service)
      throws IOException, InterruptedException {
    Image known = KNOWN.get(service);
    if (known != null) {
      return known;
    }
    Path jar = executable(project, service);
    Path folder = project.resolve("deployment/target/images").resolve(service);
    Image image =
        new Image(Dockerfile.read(project.resolve(service).resolve("Dockerfile")), folder);
    Path made = folder.resolve("made-from");
    String sum = sum(jar);
    Files.createDirectories(folder.getParent());
    // tests run in more than one process
    try (FileChannel file =
            FileChannel.open(folder.resolveSibling(service + ".lock"), CREATE, WRITE);
        FileLock lock = file.lock()) {
      if (!Files.exists(made) || !Files.readString(made).equals(sum)) {
        FileSystemUtils.deleteRecursively(folder);
        image.make(project, jar);
        Files.writeString(made, sum);
      }
    }
    KNOWN.put(service, image);
    return image;
  }

  /** Its variables. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    dockerfile.environment().forEach((name, value) -> environment.put(name, here(value)));
    Path natives = folder.resolve("natives");
    if (Files.isDirectory(natives)) {
      environment.put("LD_LIBRARY_PATH", natives.toString()); // in the image they are in /usr/lib
    }
    return environment;
  }

  /** Its entry point. */
  public List<String> entryPoint() {
    return command(dockerfile.entryPoint());
  }

  /** The command of its health check, whose last argument is the management port. */
  public List<String> healthCheck() {
    return dockerfile.healthCheck().stream().map(this::here).toList();
  }

  private void make(Path project, Path jar) throws IOException, InterruptedException {
    run(
        new ProcessBuilder(
            project.resolve("deploy/images/layout").toString(), jar.toString(), folder.toString()),
        Map.of("JAVA_HOME", System.getProperty("java.home")));
    for (String file : FILES) {
      Files.copy(
          project.resolve("deploy/images").resolve(file),
          folder.resolve(file),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    FileSystemUtils.copyRecursively(
        project.resolve("starter/checkpoint"), folder.resolve("starter"));
    Path home = Files.createTempDirectory("image-home");
    Map<String, String> environment = environment();
    environment.put("LODISC_HOME", home.toString());
    for (List<String> command : dockerfile.runs()) {
      run(new ProcessBuilder(command(command)).directory(folder.toFile()), environment);
    }
    FileSystemUtils.deleteRecursively(home);
  }

  private void run(ProcessBuilder builder, Map<String, String> environment)
      throws IOException, InterruptedException {
    builder.environment().putAll(environment);
    Path log = folder.resolveSibling(folder.getFileName() + ".log");
    if (builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor() != 0) {
      throw new IOException(
          "%s failed: %s".formatted(String.join(" ", builder.command()), Files.readString(log)));
    }
  }

  private List<String> command(List<String> inside) {
    List<String> command = new ArrayList<>(inside.stream().map(this::here).toList());
    command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    return command;
  }

  private String here(String text) {
    return text.replace(INSIDE, folder.toString());
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
