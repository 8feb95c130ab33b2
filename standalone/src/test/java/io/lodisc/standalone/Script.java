package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The bash blocks of a document, run as they are written, from the top of the checkout. */
record Script(String lines) {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```bash\\n(.*?)^```$");

  /** Every block under a heading of the second level. */
  static Script under(String heading, String document) throws IOException {
    String text = Files.readString(Home.PROJECT.resolve(document));
    return of(text.split("(?m)^## " + Pattern.quote(heading) + "$")[1].split("(?m)^##? ")[0]);
  }

  /** Every block of a text. */
  static Script of(String text) {
    return new Script(
        BLOCK
            .matcher(text)
            .results()
            .map(block -> block.group(1))
            .collect(Collectors.joining("\n")));
  }

  /** What it prints; a line that fails ends it. */
  String run(Map<String, String> variables) throws IOException, InterruptedException {
    Path output = Files.createTempFile("output", ".txt");
    ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", lines + "\necho\n");
    bash.directory(Home.PROJECT.toFile());
    bash.environment().putAll(variables);
    bash.redirectErrorStream(true).redirectOutput(output.toFile());
    int code = bash.start().waitFor();
    String text = Files.readString(output);
    Files.delete(output);
    assertThat(code).as(text).isZero();
    return text;
  }
}
