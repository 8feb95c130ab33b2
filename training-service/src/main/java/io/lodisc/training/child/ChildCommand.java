package io.lodisc.training.child;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** The command line of a job's process: this Java, this class path, another main class. */
public final class ChildCommand {

  private static final String BOOT_LAUNCHER =
      "org.springframework.boot.loader.launch.PropertiesLauncher";

  private static final String LOGGING = "io/lodisc/training/child/logback.xml";

  private ChildCommand() {}

  /**
   * @param classPath this process's; a single executable Spring Boot jar is unpacked by its
   *     launcher
   * @param memory of the Java heap, as -Xmx takes it
   */
  public static List<String> of(String classPath, String mainClass, String memory, Path runFolder) {
    String absolute =
        Arrays.stream(classPath.split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx" + memory,
            "-XX:+ExitOnOutOfMemoryError",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "-Dlogback.configurationFile=" + LOGGING,
            "-cp",
            absolute));
    if (isBootJar(absolute)) {
      command.addAll(List.of("-Dloader.main=" + mainClass, BOOT_LAUNCHER));
    } else {
      command.add(mainClass);
    }
    command.add(runFolder.toString());
    return command;
  }

  private static boolean isBootJar(String classPath) {
    if (!classPath.endsWith(".jar") || classPath.contains(File.pathSeparator)) {
      return false;
    }
    try (JarFile jar = new JarFile(classPath)) {
      return jar.getEntry("BOOT-INF/") != null || jar.getEntry("BOOT-INF/classes/") != null;
    } catch (IOException e) {
      return false;
    }
  }
}
