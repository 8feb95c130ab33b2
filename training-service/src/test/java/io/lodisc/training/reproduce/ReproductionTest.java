package io.lodisc.training.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.SafeTensors;
import io.lodisc.training.pretrain.Pretraining;
import io.lodisc.training.pretrain.Run;
import io.lodisc.training.pretrain.Settings;
import io.lodisc.training.pretrain.SettingsJson;
import io.lodisc.training.reproduce.LinePlot.Line;
import io.lodisc.training.reproduce.Result.Pivotal;
import io.lodisc.training.support.Recorder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    assertThat(report).contains("Top-1's best epoch is the last");
    assertThat(result.kept())
        .extracting(Pivotal::epoch, kept -> kept.patches().size())
        .containsExactly(tuple(1, 8), tuple(2, 8));
    BufferedImage pictures = ImageIO.read(folder.resolve("out/pivotal/gl.png").toFile());
    assertThat(pictures.getWidth()).as("whole and two epochs").isEqualTo(3 * 96 + 2 * 4);
    assertThat(pictures.getHeight()).as("eight pictures").isEqualTo(8 * 96 + 7 * 4);
    assertThat(folder.resolve("out/settings/gl.json")).content().contains("\"epochs\" : 2");
    assertThat(run.resolve("checkpoints")).doesNotExist();

    Path sheet = folder.resolve("out/pivotal/gl.png");
    byte[] drawn = Files.readAllBytes(sheet);
    Files.writeString(sheet, "drawn after the run");
    events.clear();
    Reproduction again = new Reproduction(request("gl"), events::add);
    assertThat(again.open()).isEmpty();
    again.run();
    assertThat(events).isEmpty();
    assertThat(folder.resolve("out/report.md")).hasContent(report);
    assertThat(sheet).hasContent("drawn after the run");
    Files.setLastModifiedTime(sheet, FileTime.from(result.startedAt()));
    again.run();
    assertThat(sheet).hasBinaryContent(drawn);

    Request request = request("gl");
    Map<String, List<Result>> probedAlways = Map.of("gl", List.of(probedAlways(result)));
    new Report(request, Schedule.of(request), probedAlways).write();
    assertThat(folder.resolve("out/report.md")).content().doesNotContain("Top-1's best epoch");
  }

  @Test
  void aRunBeginsWithTheStartThatIsNamed() throws Exception {
    Path start = pretrained();

    Request request =
        TinyTable.of(folder, "table1", "g").over("{\"epochs\": 0}").start(start).request();
    assertThat(new Reproduction(request, event -> {}).run()).isEmpty();

    Path run = folder.resolve("out/runs/untrained-seed0");
    assertThat(SafeTensors.read(run.resolve(Checkpoints.ENCODER)))
        .usingRecursiveComparison()
        .isEqualTo(Checkpoints.read(start, Checkpoints.ENCODER));
  }

  @Test
  void aFolderWithARunOfOtherSettingsIsRefused() throws Exception {
    TinyTable table = TinyTable.of(folder, "table1", "g").over("{\"epochs\": 0}");
    assertThat(new Reproduction(table.request(), event -> {}).run()).isEmpty();
    Request other = table.over("{\"epochs\": 0, \"batch\": 6}").request();

    assertThatThrownBy(() -> new Reproduction(other, event -> {}))
        .isInstanceOf(ReproductionException.class)
        .hasMessageContaining("untrained-seed0 holds a run of other settings")
        .extracting(e -> ((ReproductionException) e).hint())
        .asString()
        .contains("another folder");
  }

  @Test
  void unknownPlansAndRowsAreToldTheKnownOnes() {
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

  private static Result probedAlways(Result result) {
    ObjectNode tree = JsonMapper.shared().valueToTree(result);
    tree.withObject("/settings/evaluation").put("probeAlways", true);
    return JsonMapper.shared().treeToValue(tree, Result.class);
  }

  /** The last checkpoint of two epochs. */
  private Path pretrained() throws InterruptedException {
    Recorder recorder = new Recorder();
    List<Path> pictures = TinyTable.of(folder, "table1", null).pictures().training();
    Settings settings = SettingsJson.read(TinyTable.TINY);
    Path to = folder.resolve("pretrained");
    new Pretraining(new Run("start", "tiny", settings, pictures, null, null, to, null), recorder)
        .train();
    return recorder.checkpoints().getLast();
  }

  private Request request(String only) {
    return TinyTable.of(folder, "ablation", only).request();
  }
}
