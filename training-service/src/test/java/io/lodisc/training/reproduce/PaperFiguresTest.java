package io.lodisc.training.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PaperFiguresTest {

  @TempDir private Path folder;

  @Test
  void thePapersFiguresAreThePapers() {
    PaperFigures.Figures cub = PaperFigures.read().find("table3", "cub", "gl", 64);

    assertThat(cub.top1()).isEqualTo(73.85);
    assertThat(cub.rank1()).isEqualTo(42.99);
    assertThat(cub.rank5()).isEqualTo(68.85);
    assertThat(cub.mAP()).isEqualTo(22.52);
  }

  @Test
  void table1HasTheFiguresOfTable3BesideItsRowsAndSaysSo() throws IOException {
    assertThat(report("table1", "cub", 64))
        .contains("from its Table 3 (LoDisc, ")
        .contains(
            "| method | MoCo v3 (g) | 0 | - | - | - | - | - | 0 | 72.99 / 39.96 / 68.93 / 18.56 |")
        .contains(
            "| method | LoDisc (g+l) | 0 | - | - | - | - | - | 0 | 73.85 / 42.99 / 68.85 / 22.52 |");
    assertThat(report("table1", "aircraft", 32))
        .contains("57.76 / 32.37 / 58.03 / 16.72 |")
        .contains("63.40 / 38.52 / 66.82 / 21.11 |")
        .doesNotContain("58.09 / 35.13");
  }

  @Test
  void whereThePaperHasNoneNoneAreShown() throws IOException {
    assertThat(report("table1", "cub", 48))
        .contains("| method | LoDisc (g+l) | 0 | - | - | - | - | - | 0 | - |");
    assertThat(report("table5", "aircraft", 32))
        .contains("from its Table 5 (", "| - / 38.91 / - / - |");
    assertThat(report("ablation", "folder", 64))
        .contains("The paper has no figures of these rows.");
  }

  /** A report before any run. */
  private String report(String plan, String layout, int batch) throws IOException {
    Request tiny = TinyTable.of(folder, plan, null).request();
    Pictures pictures =
        new Pictures(
            layout,
            tiny.pictures().training(),
            tiny.pictures().splits(),
            tiny.pictures().warnings());
    ObjectNode over = JsonMapper.shared().createObjectNode().put("batch", batch);
    Request request =
        new Request(
            tiny.plan(), pictures, tiny.base(), over, 1, null, 1, null, tiny.to(), "./lodisc");
    Files.createDirectories(request.to());
    new Report(request, Schedule.of(request), Map.of()).write();
    return Files.readString(request.to().resolve("report.md"));
  }
}
