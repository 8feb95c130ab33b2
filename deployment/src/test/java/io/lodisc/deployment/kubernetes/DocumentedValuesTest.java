package io.lodisc.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/kubernetes.md calls a value is one. */
class DocumentedValuesTest {

  private static final Pattern VALUE =
      Pattern.compile("`([a-z][A-Za-z0-9]*(?:\\.[a-zA-Z0-9]+)+)[`=]");

  @Test
  void eachIsInTheChart() throws IOException {
    JsonNode values = Manifests.YAML.readTree(Chart.FOLDER.resolve("values.yaml").toFile());
    String text = Files.readString(Chart.PROJECT.resolve("docs/kubernetes.md"));
    TreeSet<String> unknown = new TreeSet<>();
    int known = 0;
    for (Matcher names = VALUE.matcher(text); names.find(); ) {
      String name = names.group(1);
      if (!name.matches("lodisc\\..*|.*\\.(ya?ml|sh|local|memory|io\\..*)|io\\..*|needs\\..*")) {
        if (values.at("/" + name.replace('.', '/')).isMissingNode()) {
          unknown.add(name);
        } else {
          known++;
        }
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(known).isGreaterThan(20);
  }
}
