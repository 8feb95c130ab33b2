package io.lodisc.training.child;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.support.Pictures;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildCommandTest {

  @TempDir Path folder;

  @Test
  void startsTheMainClassOnAnAbsoluteClassPath() {
    String classPath = "target/classes" + File.pathSeparator + folder.resolve("a.jar");

    List<String> command = ChildCommand.of(classPath, "a.Main", "3g", folder);

    assertThat(command).contains("-Xmx3g");
    assertThat(command.get(command.indexOf("-cp") + 1))
        .isEqualTo(
            Path.of("target/classes").toAbsolutePath()
                + File.pathSeparator
                + folder.resolve("a.jar"));
    assertThat(command).endsWith("a.Main", folder.toString());
  }

  @Test
  void startsAnExecutableJarByItsOwnLauncher() throws IOException {
    Path jar =
        Pictures.zip(
            folder.resolve("app.jar"),
            Map.of(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\n".getBytes(),
                "BOOT-INF/classes/",
                new byte[0]));

    assertThat(ChildCommand.of(jar.toString(), "a.Main", "3g", folder))
        .endsWith(
            "-cp",
            jar.toString(),
            "-Dloader.main=a.Main",
            "org.springframework.boot.loader.launch.PropertiesLauncher",
            folder.toString());
  }
}
