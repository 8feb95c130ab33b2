package io.lodisc.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests in k8s/ are those of the chart; with lodisc.generate they are written first. */
class PlainManifestsTest {

  @BeforeAll
  static void generate() throws IOException {
    if (!Boolean.getBoolean("lodisc.generate")) {
      return;
    }
    for (Path file : written()) {
      Files.delete(file);
    }
    for (Map.Entry<String, String> file : PlainManifests.files().entrySet()) {
      Files.writeString(PlainManifests.FOLDER.resolve(file.getKey()), file.getValue());
    }
  }

  @Test
  void areCurrent() throws IOException {
    SortedMap<String, String> found = new TreeMap<>();
    for (Path file : written()) {
      found.put(PlainManifests.FOLDER.relativize(file).toString(), Files.readString(file));
    }
    assertThat(found).as("run k8s/generate.sh").isEqualTo(PlainManifests.files());
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "single-node", "gpu-cluster"})
  void aFolderIsTheChartWithItsValues(String folder) {
    Map<String, JsonNode> built = Kustomization.build(PlainManifests.FOLDER.resolve(folder));
    List<JsonNode> wanted = new ArrayList<>(PlainManifests.objects(folder).values());
    wanted.forEach(object -> ((ObjectNode) object.path("metadata")).put("namespace", "lodisc"));
    assertThat(built.values()).containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(built.values()).allSatisfy(Manifests::object);
  }

  private static List<Path> written() throws IOException {
    try (Stream<Path> files = Files.walk(PlainManifests.FOLDER, 2)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("values.yaml"))
          .toList();
    }
  }
}
