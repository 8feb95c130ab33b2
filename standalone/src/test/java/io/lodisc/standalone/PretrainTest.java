package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.checkpoint.Checkpoints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PretrainTest {

  @TempDir Path folder;

  @BeforeEach
  void drawAPartOfAircraft() throws IOException {
    Path data = Files.createDirectories(folder.resolve("fgvc-aircraft-2013b/data/images"));
    for (int i = 1; i <= 5; i++) {
      BufferedImage picture = new BufferedImage(16 + i, 16, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(picture, "jpg", data.resolve("000000%d.jpg".formatted(i)).toFile());
    }
    Files.writeString(data.resolveSibling("variants.txt"), "F/A-18\nGulfstream IV\n");
    Files.writeString(
        data.resolveSibling("images_variant_trainval.txt"), "0000001 F/A-18\n0000002 F/A-18\n");
    Files.writeString(
        data.resolveSibling("images_variant_test.txt"),
        "0000003 F/A-18\n0000004 F/A-18\n0000005 Gulfstream IV\n");
    Files.writeString(folder.resolve("settings.json"), tinySettings());
  }

  /** The starter's, with a tiny model and one epoch of small batches. */
  private static String tinySettings() throws IOException {
    JsonMapper json = JsonMapper.shared();
    ObjectNode settings =
        (ObjectNode) json.readTree(Files.readString(Home.PROJECT.resolve("starter/settings.json")));
    ((ObjectNode) settings.get("architecture"))
        .put("imageSize", 16)
        .put("patch", 8)
        .put("width", 16)
        .put("depth", 1)
        .put("heads", 2);
    settings.put("epochs", 1).put("batch", 2).put("headHidden", 8).put("headOut", 8);
    return json.writeValueAsString(settings.put("warmupEpochs", 0));
  }

  @Test
  void trainsOnTheTrainingSplitOfALayout() throws IOException {
    Path to = folder.resolve("weights");

    List<String> errors = run(0, "--partial", "--to", to.toString());

    assertThat(errors).anyMatch(line -> line.contains("2 train pictures where there should be"));
    assertThat(Checkpoints.verify(to).step()).isEqualTo(1);
  }

  @Test
  void tellsInALineWhyASetIsRefused() {
    String to = folder.resolve("weights").toString();

    assertThat(run(1, "--to", to)).singleElement().asString().contains("6667", "--partial");
    assertThat(run(1, "--layout", "cub", "--to", to))
        .singleElement()
        .asString()
        .contains("images.txt");
    assertThat(run(1, "--partial", "--split", "dev", "--to", to).getLast())
        .contains("'dev'", "test, train");
  }

  @Test
  void tellsInALineWhichSettingIsWrongAndWhichStartIsNone() throws IOException {
    String to = folder.resolve("weights").toString();

    assertThat(run(1, "--partial", "--start", folder + "/nowhere", "--to", to).getLast())
        .contains("nowhere cannot be started from: manifest.json is missing");
    Files.writeString(folder.resolve("settings.json"), "{\"mask\": 3}");
    assertThat(run(1, "--to", to).getLast()).contains("mask must be one of location,");
    Files.writeString(folder.resolve("settings.json"), "[]");
    assertThat(run(1, "--to", to).getLast()).contains("settings.json: It must be an object.");
  }

  /** What the command says on standard error. */
  private List<String> run(int code, String... arguments) {
    Stream<String> all =
        Stream.concat(
            Stream.of("pretrain", folder.toString(), "--settings", folder + "/settings.json"),
            Stream.of(arguments));
    return Console.errors(code, all.toArray(String[]::new));
  }
}
