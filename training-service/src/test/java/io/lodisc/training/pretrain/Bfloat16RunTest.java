package io.lodisc.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.support.Recorder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class Bfloat16RunTest {

  @TempDir private Path folder;
  private TinyRuns runs;

  @BeforeEach
  void pictures() throws IOException {
    runs = TinyRuns.in(folder);
  }

  @Test
  void endsInTheSameBytesEachTimeAndKeepsFloat32Weights() throws Exception {
    runs.train("exact", TinyRuns.settings(2, 0, 1e-3));
    Recorder recorder = runs.train("mixed", mixed());
    runs.train("again", mixed());

    assertThat(recorder.evaluated()).containsExactly(0, 2);
    Path mixed = runs.checkpoint("mixed", 6);
    Map<String, Manifest.FileEntry> files = Checkpoints.verify(mixed).files();
    assertThat(files).isEqualTo(Checkpoints.verify(runs.checkpoint("again", 6)).files());
    assertThat(files).isNotEqualTo(Checkpoints.verify(runs.checkpoint("exact", 6)).files());
    for (String file : files.keySet()) {
      String content = Files.readString(mixed.resolve(file), StandardCharsets.ISO_8859_1);
      assertThat(content).contains("\"F32\"").doesNotContain("\"BF16\"");
    }
  }

  @Test
  void evaluatesItsStartWeightsInFloat32() throws Exception {
    Run exact = runs.run("exact", TinyRuns.settings(2, 0, 1e-3), null);
    Run mixed = runs.run("mixed", mixed(), null);

    assertThat(TinyRuns.train(mixed, new Recorder(1)).history().start())
        .isEqualTo(TinyRuns.train(exact, new Recorder(1)).history().start());
  }

  private static Settings mixed() {
    ObjectNode settings = JsonMapper.shared().valueToTree(TinyRuns.settings(2, 0, 1e-3));
    return SettingsJson.read(settings.put("precision", "bf16"));
  }
}
