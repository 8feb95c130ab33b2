package io.lodisc.training.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.evaluation.History;
import io.lodisc.training.pretrain.TrainingLog.EpochRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvesTest {

  @TempDir private Path folder;

  @Test
  void everyTermOfAnyObjectiveIsDrawnForTheRowsThatHaveIt() throws IOException {
    Map<String, List<Result>> results = new LinkedHashMap<>();
    results.put("g", List.of(run("g", Map.of("global", 3.0))));
    results.put("clustered", List.of(run("clustered", Map.of("global", 2.0, "prototypes", 1.0))));

    List<String> plots = new Curves(results).write(folder);

    assertThat(plots)
        .containsExactly("loss-global.svg", "loss-prototypes.svg", "negative-similarity.svg");
    assertThat(folder.resolve("loss-global.svg")).content().contains(">g</text>", ">clustered<");
    assertThat(folder.resolve("loss-prototypes.svg"))
        .content()
        .contains("loss, prototypes", "<polyline", ">clustered</text>")
        .doesNotContain(">g</text>");
  }

  private static Result run(String row, Map<String, Double> terms) {
    EpochRow first = new EpochRow(1, 3, terms, 0.5, 0.1, 100, 0, 1e-3, 0.99);
    EpochRow second = new EpochRow(2, 2, terms, 0.6, 0.1, 100, 0, 1e-3, 0.99);
    Instant now = Instant.EPOCH;
    return new Result(
        row, 0, null, now, now, 1, Map.of(), List.of(first, second), History.EMPTY, List.of());
  }
}
