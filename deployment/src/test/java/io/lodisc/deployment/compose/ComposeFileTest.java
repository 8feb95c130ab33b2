package io.lodisc.deployment.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.deployment.compose.Compose.Service;
import io.lodisc.deployment.images.Dockerfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docker-compose.yml and the Dockerfiles, as docker-compose and a reader see them. */
class ComposeFileTest {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path FILE = PROJECT.resolve("docker-compose.yml");
  private static final Path VARIABLES = PROJECT.resolve(".env.example");

  @TempDir Path folder;

  private record Checked(int exit, String said) {}

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu", "cpu,monitoring,s3"})
  void composeTakesTheFile(String profiles) throws Exception {
    Checked checked = check(FILE, VARIABLES, profiles);

    assertThat(checked.exit()).as(checked.said()).isZero();
  }

  @Test
  void composeWouldRefuseAnUnknownKey() throws Exception {
    Path broken = folder.resolve("docker-compose.yml");
    Files.writeString(broken, Files.readString(FILE).replace("read_only:", "readonly:"));

    Checked checked = check(broken, VARIABLES, "cpu");

    assertThat(checked.exit()).isNotZero();
    assertThat(checked.said()).contains("readonly");
  }

  @Test
  void aPasswordThatIsNotSetIsAskedFor() throws Exception {
    Path none = Files.createFile(folder.resolve(".env"));

    Checked checked = check(FILE, none, "cpu");

    assertThat(checked.exit()).isNotZero();
    assertThat(checked.said()).contains("POSTGRES_PASSWORD").contains("copy .env.example to .env");
    assertThatThrownBy(() -> Compose.read(FILE, Map.of()))
        .hasMessageContaining("POSTGRES_PASSWORD");
  }

  @Test
  void everyImageIsOfOneVersion() throws IOException {
    for (Service service : services()) {
      String tag = service.text("image").substring(service.image().length());
      assertThat(tag).as(service.name()).matches(":.*\\d+\\.\\d+.*|:RELEASE\\..*");
      assertThat(tag).as(service.name()).doesNotContain("latest");
      if (service.image().startsWith("lodisc/")) {
        assertThat(tag).as(service.name()).isEqualTo(":" + version("version"));
      }
    }
  }

  @Test
  void everyFileThatIsMountedIsThere() throws IOException {
    for (Service service : services()) {
      service
          .mounts()
          .values()
          .forEach(
              source -> {
                if (source.startsWith(".")) {
                  assertThat(PROJECT.resolve(source)).as(service.name()).exists();
                }
              });
    }
  }

  @Test
  void ourContainersWriteNothingButStateAndTemporaryFiles() throws IOException {
    for (Service service : services()) {
      if (service.image().startsWith("lodisc/")) {
        assertThat(service.said()).as(service.name()).containsEntry("read_only", true);
        assertThat(service.list("cap_drop")).as(service.name()).containsExactly("ALL");
        for (Object volume : service.list("volumes")) {
          assertThat(volume.toString())
              .as(service.name())
              .matches(".*:/var/lib/lodisc|.*:/tmp|.*:ro");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"training", "inference", "retrieval"})
  void anImageIsNotRootsAndItsParametersAreOurs(String service) throws IOException {
    Path file = PROJECT.resolve(service + "-service/Dockerfile");
    String text = Files.readString(file);
    Dockerfile image = Dockerfile.read(file);

    assertThat(text).contains("\nUSER 10001:10001\n").doesNotContain(":latest");
    assertThat(image.entryPoint()).endsWith("-jar", "/opt/lodisc/service.jar");
    assertThat(image.environment()).containsEntry("LODISC_HOME", "/var/lib/lodisc");
    String port = yamlPort(service, "management:\n  server:\n    port: ");
    assertThat(image.healthCheck()).containsExactly("/opt/lodisc/healthcheck", port);
    assertThat(text).contains("\nEXPOSE " + yamlPort(service, "server:\n  port: ") + " " + port);
    if (!service.equals("retrieval")) {
      String pytorch = version("pytorch.version");
      assertThat(image.environment())
          .containsEntry("PYTORCH_VERSION", pytorch)
          .containsEntry("PYTORCH_FLAVOR", "cpu")
          .containsKey("PYTORCH_LIBRARY_PATH");
      assertThat(text)
          .contains("pytorch/pytorch:" + pytorch + "-cuda12.8-cudnn9-runtime")
          .contains("PYTORCH_FLAVOR=cu128");
    }
  }

  private static Iterable<Service> services() throws IOException {
    return Compose.read(FILE, Compose.variables(VARIABLES)).services().values();
  }

  private static String yamlPort(String service, String before) throws IOException {
    String yaml =
        Files.readString(PROJECT.resolve(service + "-service/src/main/resources/application.yaml"));
    return yaml.substring(yaml.indexOf(before) + before.length()).split("\n")[0];
  }

  /** Of the root pom, the project's own first. */
  private static String version(String element) throws IOException {
    String pom = Files.readString(PROJECT.resolve("pom.xml"));
    Matcher version =
        Pattern.compile("<%s>([^<]+)</%s>".formatted(element, element))
            .matcher(pom.substring(pom.indexOf("</parent>")));
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  private Checked check(Path file, Path variables, String profiles)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "docker-compose",
                "-f",
                file.toString(),
                "--project-directory",
                PROJECT.toString(),
                "--env-file",
                variables.toString(),
                "config",
                "--quiet"));
    Path said = folder.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().put("COMPOSE_PROFILES", profiles);
    builder.environment().keySet().removeAll(Set.of("POSTGRES_PASSWORD"));
    return new Checked(builder.start().waitFor(), Files.readString(said));
  }
}
