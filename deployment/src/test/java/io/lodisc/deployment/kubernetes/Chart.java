package io.lodisc.deployment.kubernetes;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The chart, rendered by Helm's own code: no cluster and no installed Helm is needed. */
final class Chart {

  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  static final Path FOLDER = PROJECT.resolve("helm/lodisc");

  /** In place of helm.sh/hook. */
  static final String HOOK = "lodisc.io/hook";

  private static final Path WITH_HOOKS = copyWithHooks();

  private Chart() {}

  /** The values that the chart is tested with, each file in {@code ci/}. */
  static List<Path> matrix() {
    return files(FOLDER.resolve("ci"));
  }

  static Path values(String name) {
    return FOLDER.resolve("ci/" + name + "-values.yaml");
  }

  /**
   * The release's objects, as {@code helm template lodisc helm/lodisc --no-hooks --values VALUES}
   * prints them.
   *
   * @throws RuntimeException with Helm's own words, if it refuses
   */
  static String render(Path values) {
    return render(FOLDER, values);
  }

  /**
   * The same with the objects of hooks, whose annotation is {@link #HOOK}: Helm keeps hooks apart,
   * and its Java library has no way to ask for them.
   */
  static String renderWithHooks(Path values) {
    return render(WITH_HOOKS, values);
  }

  private static String render(Path chart, Path values) {
    return new Helm(chart)
        .template()
        .withName("lodisc")
        .withNamespace("lodisc")
        .withKubeVersion("1.29.0")
        .withValuesFile(values)
        .call();
  }

  private static Path copyWithHooks() {
    try {
      Path copy = Files.createDirectories(Path.of("target", "lodisc")).toAbsolutePath();
      for (Path file : files(FOLDER)) {
        Path to = copy.resolve(FOLDER.relativize(file));
        Files.createDirectories(to.getParent());
        Files.writeString(to, Files.readString(file).replace("helm.sh/hook:", HOOK + ":"));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
