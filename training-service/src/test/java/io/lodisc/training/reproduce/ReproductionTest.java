package io.lodisc.training.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.training.reproduce.LinePlot.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReproductionTest {

  @TempDir private Path folder;

  @Test
  void runsTheRowsReportsWhatTheyMeasuredAndRunsNoneTwice() throws Exception {
    List<Event> events = new ArrayList<>();

    assertThat(new Reproduction(request("gl"), events::add).run()).isEmpty();

    assertThat(events)
        .filteredOn(event -> event.state() == Event.State.FINISHED)
        .extracting(event -> event.run().name())
        .containsExactlyInAnyOrder("untrained-seed0", "gl-seed0");
    Path run = folder.resolve("out/runs/gl-seed0");
    Result result =
        JsonMapper.shared().readValue(run.resolve("result.json").toFile(), Result.class);
    double rank1 = result.evaluations().last().getValue().scores().get("classToken.rank1");
    String report = Files.readString(folder.resolve("out/report.md"));
    assertThat(report)
        .contains("| branches | g+l (LoDisc) | 1 |")
        .contains(String.format(Locale.ROOT, "%.2f", 100 * rank1))
        .contains("![loss-global.svg](plots/loss-global.svg)");
    assertThat(result.epochs()).hasSize(2);
    assertThat(result.kept()).isNotEmpty();
    assertThat(ImageIO.read(folder.resolve("out/pivotal/gl.png").toFile()).getHeight())
        .isPositive();
    assertThat(folder.resolve("out/settings/gl.json")).content().contains("\"epochs\" : 2");
    assertThat(run.resolve("checkpoints")).doesNotExist();

    events.clear();
    Reproduction again = new Reproduction(request("gl"), events::add);
    assertThat(again.open()).isEmpty();
    again.run();
    assertThat(events).isEmpty();
    assertThat(folder.resolve("out/report.md")).hasContent(report);
  }

  @Test
  void unknownPlansAndRowsAreToldTheKnownOnes() throws IOException {
    assertThatThrownBy(() -> Plan.named("table9"))
        .isInstanceOf(ReproductionException.class)
        .extracting(e -> ((ReproductionException) e).hint())
        .asString()
        .contains("table2");
    Request unknown = request("gll");
    assertThatThrownBy(() -> new Reproduction(unknown, event -> {}))
        .isInstanceOf(ReproductionException.class)
        .hasMessageContaining("gll");
  }

  @Test
  void thePapersFiguresAreThePapers() {
    PaperFigures.Figures cub = PaperFigures.read().find("table3", "cub", "gl", 64);

    assertThat(cub.top1()).isEqualTo(73.85);
    assertThat(cub.rank1()).isEqualTo(42.99);
    assertThat(cub.rank5()).isEqualTo(68.85);
    assertThat(cub.mAP()).isEqualTo(22.52);
  }

  @Test
  void aPlotIsXmlWithALineARow() throws Exception {
    LinePlot plot = new LinePlot("loss <&>", "epoch");
    plot.add(new Line("a", new double[] {1, 2}, new double[] {3, 4}));
    plot.add(new Line("b", new double[] {1, 2}, new double[] {5, 5}));

    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(plot.svg().getBytes(StandardCharsets.UTF_8)));

    assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
  }

  private Request request(String only) throws IOException {
    Path root = folder.resolve("pictures");
    for (int i = 0; i < 24; i++) {
      String split = i < 12 ? "train" : "test";
      Path file = root.resolve(split).resolve("class" + i % 3).resolve(i + ".png");
      Files.createDirectories(file.getParent());
      io.lodisc.training.support.Pictures.png(file, i);
    }
    ObjectNode base =
        (ObjectNode)
            JsonMapper.shared()
                .readTree(
                    """
                    {"architecture": {"imageSize": 16, "patch": 4, "width": 16, "depth": 2,
                       "heads": 2, "mlpRatio": 2, "positions": "learned"},
                     "epochs": 2, "batch": 4, "headHidden": 16, "headOut": 8,
                     "evaluation": {"probeEpochs": 2, "batch": 4}}
                    """);
    return new Request(
        Plan.named("ablation"),
        Pictures.read("folder", root, null, false),
        base,
        JsonMapper.shared().createObjectNode(),
        1,
        null,
        2,
        only,
        folder.resolve("out"),
        "./lodisc reproduce");
  }
}
