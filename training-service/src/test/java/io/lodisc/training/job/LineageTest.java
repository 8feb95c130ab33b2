package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.pretrain.Settings;
import io.lodisc.training.pretrain.SettingsJson;
import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Checkpointed;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Jobs that go on from where another one was. */
@TrainingTest
class LineageTest {

  @Autowired Api api;
  @Autowired Home home;
  @Autowired CheckpointRegistry checkpoints;
  private String parent;

  @BeforeEach
  void checkpointOfARun() throws IOException {
    new Jobs(api, home);
    Settings settings =
        SettingsJson.read(
            """
            {"architecture": {"imageSize": 16, "patch": 8, "width": 16, "depth": 1, "heads": 2},
             "epochs": 5, "batch": 4, "seed": 42, "temperature": 0.3, "weightDecay": 0.25}
            """);
    parent = checkpoint(settings);
  }

  @Test
  void aNewJobHasTheSettingsOfItsParent() {
    JsonNode job = submit("").is(201).json();

    assertThat(job.path("parent").asString()).isEqualTo(parent);
    assertThat(job.has("start")).isFalse();
    assertThat(job.path("epochs").asInt()).isEqualTo(5);
    assertThat(job.path("settings").path("seed").asInt()).isEqualTo(42);
    assertThat(job.path("settings").path("temperature").asDouble()).isEqualTo(0.3);
    assertThat(job.path("settings").path("weightDecay").asDouble()).isEqualTo(0.25);
  }

  @ParameterizedTest
  @CsvSource({
    "epochs, 50",
    "learningRate, 0.01",
    "schedule, '\"constant\"'",
    "warmupEpochs, 2.5",
    "clipNorm, 1.5",
    "temperature, 0.5",
    "momentum, 0.9",
    "momentumCosine, false",
    "maxUnreadableShare, 0.5",
    "checkpointEpochs, 3",
    "checkpointSteps, 7",
    "threads, 1"
  })
  void whatTheCheckpointLeavesOpenMayChange(String setting, String value) {
    JsonNode settings = submit(", \"%s\": %s".formatted(setting, value)).is(201).json();

    assertThat(settings.path("settings").path(setting).toString()).isEqualTo(value);
    assertThat(settings.path("settings").path("weightDecay").asDouble()).isEqualTo(0.25);
  }

  @ParameterizedTest
  @CsvSource({
    "batch, 6",
    "seed, 1",
    "weightDecay, 0.5",
    "architecture, '{\"width\": 32}'",
    "views, '{\"flip\": 0}'",
    "headOut, 8",
    "branches, '\"global\"'",
    "start, '\"starter\"'"
  })
  void whatTheCheckpointSettlesMayNot(String setting, String value) {
    Answer refused = submit(", \"%s\": %s".formatted(setting, value));

    refused.isProblem(400, "invalid-request", setting);
    assertThat(refused.text("hint")).contains("epochs", "learningRate", "'start'");
  }

  @Test
  void whatChangesIsCheckedLikeAnySetting() {
    submit(", \"learningRate\": -1").isProblem(400, "out-of-range", "learningRate");
    submit(", \"epochs\": \"many\"").isProblem(400, "invalid-request", "'epochs'");
  }

  @Test
  void anotherDataSetIsRefused() throws IOException {
    Path folder = Pictures.folder(home.datasets().resolve("other-" + parent), 4);
    api.post("/api/v1/datasets", "{\"name\":\"other\",\"path\":\"%s\"}".formatted(folder));

    Answer refused =
        api.post("/api/v1/jobs", "{\"dataset\":\"other\",\"resume\":\"%s\"}".formatted(parent));

    refused.isProblem(400, "invalid-request", parent, "'dozen'", "'other'");
    assertThat(refused.text("hint")).contains("'start'");
  }

  @Test
  void aCheckpointOfNoRunIsRefused() throws IOException {
    String imported = checkpoint(null);

    Answer refused =
        api.post("/api/v1/jobs", "{\"dataset\":\"dozen\",\"resume\":\"%s\"}".formatted(imported));

    refused.isProblem(400, "invalid-request", "no run");
    assertThat(refused.text("hint")).contains("'start'");
    api.post("/api/v1/jobs", "{\"dataset\":\"dozen\",\"resume\":\"none\"}")
        .isProblem(404, "not-found", "'none'");
  }

  private Answer submit(String more) {
    return api.post(
        "/api/v1/jobs", "{\"dataset\":\"dozen\",\"resume\":\"%s\"%s}".formatted(parent, more));
  }

  private String checkpoint(Settings settings) throws IOException {
    String id = "parent-" + UUID.randomUUID();
    Path folder = home.folder().resolve("blobs/checkpoints").resolve(id);
    Manifest manifest =
        Checkpointed.write(folder, Checkpointed.about("before", "dozen", 2, 6, settings, null));
    checkpoints.register(id, folder, manifest);
    return id;
  }
}
