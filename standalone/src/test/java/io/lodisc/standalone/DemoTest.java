package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole demo on a part of its pictures: the same code, fewer code points. */
class DemoTest {

  private static final int TRAIN = 45;
  private static final int TEST = 6;

  @Test
  void goesTheWholeWayAndThenStartsFromWhatIsThere() throws IOException {
    try (Home home = Home.make();
        Home project = Home.make()) {
      makeProject(project.path());
      System.setProperty("lodisc.project", project.path().toString());

      String first = demo(home);
      assertThat(first)
          .contains("Data set emoji-train: 135 pictures")
          .contains("epoch 1/1")
          .contains("Model emoji: checkpoint")
          .contains("Search by the picture of")
          .contains("The page: http://localhost:");
      JsonNode result = JsonMapper.shared().readTree(lastLine(first));
      assertThat(result.get("seconds").asDouble()).isPositive();
      List<JsonNode> rows = result.get("rows").valueStream().toList();
      assertThat(rows)
          .extracting(row -> row.get("encoder").asString() + " " + row.get("queries").asString())
          .containsExactly(
              "pixels plain",
              "pixels shaken",
              "untrained plain",
              "untrained shaken",
              "starter plain",
              "starter shaken",
              "trained plain",
              "trained shaken");
      assertThat(rows)
          .allSatisfy(
              row -> {
                assertThat(row.get("rank1").asDouble()).isBetween(0.0, row.get("rank5").asDouble());
                assertThat(row.get("rank5").asDouble()).isBetween(0.0, 1.0);
                assertThat(row.get("mAP").asDouble()).isBetween(0.01, 1.0);
              });

      String second = demo(home);
      assertThat(second)
          .contains("Data set emoji-train: there already", "Model emoji: there already");
      assertThat(JsonMapper.shared().readTree(lastLine(second)).get("rows"))
          .isEqualTo(result.get("rows"));
    }
  }

  private static String demo(Home home) {
    PrintStream console = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      int code =
          Lodisc.run(
              "demo", "--exit", "--epochs", "1", "--port", "0", "--home", home.path().toString());
      assertThat(code).as(bytes.toString(StandardCharsets.UTF_8)).isZero();
    } finally {
      System.setOut(console);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String lastLine(String output) {
    return output.lines().toList().getLast();
  }

  /** The first code points of each split, and the starter weights. */
  private static void makeProject(Path project) throws IOException {
    Path data = Home.PROJECT.resolve("demo-data");
    List<String> lines = Files.readAllLines(data.resolve("manifest.csv"));
    Map<String, Integer> room = new HashMap<>(Map.of("train", TRAIN, "test", TEST));
    Map<String, Boolean> taken = new HashMap<>();
    StringBuilder manifest = new StringBuilder(lines.getFirst()).append('\n');
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",");
      boolean take =
          taken.computeIfAbsent(fields[2], label -> room.merge(fields[4], -1, Integer::sum) >= 0);
      if (take) {
        manifest.append(line).append('\n');
        copy(data.resolve(fields[0]), project.resolve("demo-data").resolve(fields[0]));
      }
    }
    Files.writeString(project.resolve("demo-data/manifest.csv"), manifest);
    try (Stream<Path> files = Files.list(Home.PROJECT.resolve("starter/checkpoint"))) {
      for (Path file : files.toList()) {
        copy(file, project.resolve("starter/checkpoint").resolve(file.getFileName()));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to);
  }
}
