package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReproduceTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir Path folder;

  @BeforeEach
  void make() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 24; i++) {
      BufferedImage picture = new BufferedImage(20, 18, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 20 * 18; p++) {
        picture.setRGB(p % 20, p / 20, random.nextInt());
      }
      Path of = folder.resolve("pictures").resolve(i < 12 ? "train" : "test").resolve("c" + i % 3);
      ImageIO.write(picture, "png", Files.createDirectories(of).resolve(i + ".png").toFile());
    }
    Files.writeString(
        folder.resolve("settings.json"),
        """
        {"architecture": {"imageSize": 16, "patch": 8, "width": 16, "depth": 1, "heads": 2},
         "batch": 4, "headHidden": 16, "headOut": 8, "evaluation": {"everyEpochs": 0}}
        """);
  }

  @Test
  void takesItsSettingsFromProfileFileRowAndOptionsAndRefusesOthersInTheSameFolder() {
    String[] first = {
      "--only",
      "gl",
      "--profile",
      "released",
      "--arch",
      "vit-ti/16",
      "--image-size",
      "32",
      "--batch",
      "6",
      "--epochs",
      "0"
    };
    reproduce(0, "table1", first);

    assertThat(folder.resolve("out/runs")).isDirectoryContaining("glob:**/gl-seed0");
    assertThat(folder.resolve("out/runs/g-seed0")).doesNotExist();
    JsonNode gl = JSON.readTree(folder.resolve("out/settings/gl.json").toFile());
    assertThat(gl.path("profile").asString()).isEqualTo("released");
    assertThat(gl.path("projector").asBoolean()).isFalse();
    assertThat(gl.path("maskRatio").asDouble()).isEqualTo(0.7);
    assertThat(gl.path("headHidden").asInt()).isEqualTo(16);
    assertThat(gl.path("batch").asInt()).isEqualTo(6);
    assertThat(gl.path("learningRate").asDouble()).isEqualTo(1e-3 * 6 / 256);
    assertThat(gl.path("epochs").asInt()).isZero();
    assertThat(gl.path("architecture").path("width").asInt()).isEqualTo(192);
    assertThat(gl.path("architecture").path("imageSize").asInt()).isEqualTo(32);
    assertThat(gl.path("architecture").path("positions").asString()).isEqualTo("learned");
    assertThat(folder.resolve("out/report.md"))
        .content()
        .contains("./lodisc reproduce table1 --to", "--profile released --arch vit-ti/16");

    first[first.length - 1] = "1";
    assertThat(reproduce(1, "table1", first))
        .singleElement()
        .asString()
        .contains("gl-seed0 holds a run of other settings", "or another folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          table9 | | There is no plan 'table9'. The plans there are: table1, table2,
          table1 | --only gll | There is no row 'gll' in table1. The rows there are: g, gl.
          table1 | --root nowhere | nowhere
          table1 | --dataset birds | 'birds'
          table1 | --dataset cub | images.txt
          table1 | --start nowhere | nowhere cannot be started from: manifest.json is missing
          table1 | --settings pictures/train/c0/0.png | It is no valid JSON
          table1 | --settings nowhere | nowhere cannot be read.
          table1 | --arch vit-h/14 | there is no backbone 'vit-h/14'; there are vit-ti/8,
          table1 | --image-size 225 --arch vit-b/16 | patch must divide imageSize
          table1 | --batch 1 | batch must be greater than or equal to 2
          table1 | --profile published | 'profile' must be one of paper, released.
          table1 | --seeds 0 | seeds must be 1 or more. Leave it out for the default, 1.
          """)
  void tellsInALineWhatIsWrongWithARequest(String plan, String options, String words) {
    String[] more =
        options == null
            ? new String[0]
            : options
                .replace(" nowhere", " " + folder.resolve("nowhere"))
                .replace(" pictures/", " " + folder.resolve("pictures") + "/")
                .split(" ");

    assertThat(reproduce(1, plan, more)).singleElement().asString().contains(words);
  }

  @Test
  void aMissingFolderOfPicturesIsToldByItsOption() {
    assertThat(Console.errors(2, "reproduce", "table1", "--to", folder + "/out"))
        .first()
        .asString()
        .contains("Missing required option", "--root=DIR");
  }

  @Test
  void goesOnAfterTheCommandItselfWasKilled() throws Exception {
    String[] options = {"--only", "gl", "--epochs", "240"};
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Lodisc.class.getName()));
    command.addAll(List.of(arguments("table1", options)));
    Process killed =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("console.txt").toFile())
            .start();
    Path run = folder.resolve("out/runs/gl-seed0");
    while (killed.isAlive() && !Files.exists(run.resolve("checkpoints/step-00000180"))) {
      Thread.sleep(20);
    }
    assertThat(killed.destroyForcibly().waitFor()).isNotZero();
    assertThat(run.resolve("result.json")).doesNotExist();
    String untrained = Files.readString(folder.resolve("out/runs/untrained-seed0/result.json"));

    reproduce(0, "table1", options);

    assertThat(folder.resolve("out/runs/untrained-seed0/result.json")).hasContent(untrained);
    assertThat(run.resolve("log.txt")).content().doesNotContain("Exception");
    JsonNode result = JSON.readTree(run.resolve("result.json").toFile());
    assertThat(result.path("epochs")).hasSize(240);
  }

  /** What it says on standard error. Folder and settings are given unless they are named. */
  private List<String> reproduce(int code, String plan, String... more) {
    return Console.errors(code, arguments(plan, more));
  }

  private String[] arguments(String plan, String... more) {
    List<String> all = new ArrayList<>(List.of("reproduce", plan, "--to", folder + "/out"));
    List<String> options = List.of(more);
    if (!options.contains("--root")) {
      all.addAll(List.of("--root", folder + "/pictures"));
    }
    if (!options.contains("--settings")) {
      all.addAll(List.of("--settings", folder + "/settings.json"));
    }
    all.addAll(options);
    return all.toArray(String[]::new);
  }
}
