package io.lodisc.standalone.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the checkout brings beside the program: demo pictures and starter weights. */
public final class Project {

  private Project() {}

  /** The pictures of the demo, where there are any. */
  public static Optional<Path> demoData() {
    return folder("demo-data");
  }

  /** The starter checkpoint, where there is one. */
  public static Optional<Path> starter() {
    return folder("starter/checkpoint");
  }

  private static Optional<Path> folder(String name) {
    Path root = Path.of(System.getProperty("lodisc.project", "."));
    Path folder = root.resolve(name).toAbsolutePath().normalize();
    return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
  }
}
