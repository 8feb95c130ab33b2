package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Runs the README's walk-through as it is written, from the top of the checkout. */
class ReadmeTest {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```bash\\n(.*?)^```$");

  @Test
  void theWalkThroughWorksAsItIsWritten() throws Exception {
    try (Home home = Home.make();
        Program program = Program.serve(home.path())) {
      String output = run(walkThrough(), program.url(), home.path().resolve("output.txt"));

      assertThat(output)
          .contains("\"pictures\":1698")
          .contains("\"state\":\"SUCCEEDED\"")
          .contains("\"alias\":\"production\"")
          .contains("\"dimension\":")
          .contains("\"imported\":849")
          .contains("\"queriesWithoutRelevant\":0")
          .contains("urn:lodisc:problem:not-a-picture")
          .endsWith("done\n");
      assertThat(output).containsPattern("\"rank\":1,\"id\":\"[a-z]+-");
    }
  }

  /** Every bash block under the heading "Over HTTP". */
  private static String walkThrough() throws IOException {
    String readme = Files.readString(Home.PROJECT.resolve("README.md"));
    String section = readme.split("(?m)^## Over HTTP$")[1].split("(?m)^## ")[0];
    return BLOCK
        .matcher(section)
        .results()
        .map((MatchResult block) -> block.group(1))
        .collect(Collectors.joining("\n"));
  }

  private static String run(String script, URI url, Path output)
      throws IOException, InterruptedException {
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", script + "\necho; echo done\n");
    bash.directory(Home.PROJECT.toFile());
    bash.environment().put("LODISC", url.toString());
    bash.redirectErrorStream(true).redirectOutput(output.toFile());
    int code = bash.start().waitFor();
    String text = Files.readString(output);
    assertThat(code).as(text).isZero();
    return text;
  }
}
