package io.lodisc.deployment.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/**
 * What docker-compose.yml describes runs, and the README's walk-through works through its proxy.
 */
class WalkThroughTest {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```bash\\n(.*?)^```$");

  private static Path state;
  private static HostStack stack;

  @BeforeAll
  static void start() throws Exception {
    state = Files.createTempDirectory("lodisc-compose");
    stack =
        new HostStack(
            PROJECT, state, Compose.variables(PROJECT.resolve(".env.example")), Set.of("cpu"));
    stack.start();
  }

  @AfterAll
  static void stop() throws Exception {
    stack.close();
    FileSystemUtils.deleteRecursively(state);
  }

  @Test
  void theWalkThroughWorksThroughTheProxy() throws Exception {
    String output = run(walkThrough());

    assertThat(output)
        .contains("\"pictures\":1698")
        .contains("\"state\":\"SUCCEEDED\"")
        .contains("\"alias\":\"production\"")
        .contains("\"dimension\":")
        .contains("\"imported\":849")
        .contains("\"queriesWithoutRelevant\":0")
        .contains("urn:lodisc:problem:not-a-picture")
        .endsWith("done\n");
  }

  @Test
  void thePageAndEachServiceAreInTheOneUrlSpace() throws Exception {
    assertThat(get("/")).contains("<title>");
    assertThat(get("/api/v1/jobs")).startsWith("{\"items\":");
    assertThat(get("/api/v1/collections")).startsWith("{");
    assertThat(get("/api/v1/embeddings")).contains("\"status\":405");
    assertThat(get("/api/v1/checkpoints:import")).contains("\"status\":405");
    assertThat(get("/api/v1/nothing")).contains("urn:lodisc:problem:not-found");
  }

  private static String get(String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(stack.url() + path)).build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  /** Every bash block under the heading "Over HTTP". */
  private static String walkThrough() throws IOException {
    String readme = Files.readString(PROJECT.resolve("README.md"));
    String section = readme.split("(?m)^## Over HTTP$")[1].split("(?m)^## ")[0];
    return BLOCK
        .matcher(section)
        .results()
        .map((MatchResult block) -> block.group(1))
        .collect(Collectors.joining("\n"));
  }

  private static String run(String script) throws IOException, InterruptedException {
    Path output = state.resolve("output.txt");
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", script + "\necho; echo done\n");
    bash.directory(PROJECT.toFile());
    bash.environment().put("LODISC", stack.url().toString());
    bash.environment().put("PICTURES", stack.volume("training", "/datasets").toString());
    bash.redirectErrorStream(true).redirectOutput(output.toFile());
    int code = bash.start().waitFor();
    String text = Files.readString(output);
    assertThat(code).as(text).isZero();
    return text;
  }
}
