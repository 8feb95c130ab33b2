package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Checkpointed;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@TrainingTest
class JobSubmissionTest {

  @Autowired Api api;
  @Autowired Home home;
  @Autowired CheckpointRegistry checkpoints;

  @BeforeEach
  void dataset() throws IOException {
    Path folder = home.datasets().resolve("ten");
    if (!Files.exists(folder)) {
      Pictures.folder(folder, 10);
      api.post(
              "/api/v1/datasets", "{\"name\":\"ten\",\"path\":\"%s\"}".formatted(folder.toString()))
          .is(201);
    }
  }

  @Test
  void showsEveryDefault() {
    Answer created =
        submit("{\"dataset\":\"ten\",\"batch\":4,\"epochs\":3,\"views\":{\"flip\":0.25}}").is(201);

    JsonNode job = created.json();
    assertThat(created.headers().getLocation()).hasPath("/api/v1/jobs/" + created.text("id"));
    assertThat(created.text("state")).isEqualTo("QUEUED");
    assertThat(job.path("epochs").asInt()).isEqualTo(3);
    assertThat(job.path("steps").asInt()).isEqualTo(6);
    JsonNode settings = job.path("settings");
    assertThat(settings.path("batch").asInt()).isEqualTo(4);
    assertThat(settings.path("views").path("flip").asDouble()).isEqualTo(0.25);
    assertThat(settings.path("views").path("cropMin").asDouble()).isEqualTo(0.08);
    assertThat(settings.path("architecture").path("width").asInt()).isEqualTo(768);
    assertThat(settings.path("branches").asString()).isEqualTo("global+local");
    assertThat(api.get("/api/v1/jobs/" + created.text("id")).is(200).json()).isEqualTo(job);
    assertThat(api.get("/api/v1/jobs").is(200).json().path("items").get(0)).isEqualTo(job);
  }

  @Test
  void refusesUnknownFieldsByName() {
    submit("{\"dataset\":\"ten\",\"epoch\":3}").isProblem(400, "unknown-field", "'epoch'");
    submit("{\"dataset\":\"ten\",\"views\":{\"cropMn\":0.1}}")
        .isProblem(400, "unknown-field", "'views.cropMn'");
    submit("{\"dataset\":\"ten\",\"architecture\":{\"hieght\":1}}")
        .isProblem(400, "unknown-field", "'architecture.hieght'");
  }

  @Test
  void refusesValuesOutOfRangeByName() {
    submit("{\"dataset\":\"ten\",\"batch\":1,\"views\":{\"hue\":0.6},\"maskRatio\":1}")
        .isProblem(400, "out-of-range", "batch", "2", "views.hue", "0.5", "maskRatio", "0.95");
    submit("{\"dataset\":\"ten\",\"views\":{\"cropMin\":0.9,\"cropMax\":0.5}}")
        .isProblem(400, "out-of-range", "views.cropMin", "cropMax");
    submit("{\"dataset\":\"ten\",\"architecture\":{\"heads\":5}}")
        .isProblem(400, "out-of-range", "architecture.heads", "divide width");
    submit("{\"dataset\":\"ten\",\"architecture\":null}")
        .isProblem(400, "out-of-range", "architecture");
    submit("{\"dataset\":\"ten\",\"epochs\":99999999999}").isProblem(400, "out-of-range", "epochs");
  }

  @Test
  void refusesValuesOfTheWrongTypeByName() {
    submit("[]").isProblem(400, "invalid-request");
    submit("{").isProblem(400, "invalid-request");
    submit("{}").isProblem(400, "invalid-request", "'dataset'");
    submit("{\"dataset\":3}").isProblem(400, "invalid-request", "'dataset'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "epochs": "many"           | 'epochs' must be a whole number.
          "epochs": 1.5              | 'epochs' must be a whole number.
          "epochs": null             | 'epochs' must be a whole number.
          "batch": "64"              | 'batch' must be a whole number.
          "temperature": true        | 'temperature' must be a number.
          "learningRate": []         | 'learningRate' must be a number.
          "projector": "yes"         | 'projector' must be true or false.
          "views": 3                 | 'views' must be an object.
          "views": []                | 'views' must be an object.
          "views": {"flip": {}}      | 'views.flip' must be a number.
          "architecture": 5          | 'architecture' must be an object.
          "evaluation": "often"      | 'evaluation' must be an object.
          "normalisation": {"mean": "grey"}      | 'normalisation.mean' must be a list.
          "normalisation": {"mean": [0, "a", 0]} | 'normalisation.mean[1]' must be a number.
          """)
  void tellsWhatAFieldOfTheWrongTypeMustHold(String setting, String words) {
    Answer answer = submit("{\"dataset\":\"ten\",%s}".formatted(setting));

    answer.isProblem(400, "invalid-request");
    assertThat(answer.text("detail")).isEqualTo(words);
  }

  @Test
  void refusesWhatIsNotThere() {
    submit("{\"dataset\":\"none\"}").isProblem(404, "not-found", "'none'");
    submit("{\"dataset\":\"ten\",\"start\":\"none\"}").isProblem(404, "not-found", "'none'");
    api.get("/api/v1/jobs/none").isProblem(404, "not-found", "'none'");
    api.post("/api/v1/jobs/none/cancel", "").isProblem(404, "not-found", "'none'");
  }

  @Test
  void refusesTooFewPictures() {
    submit("{\"dataset\":\"ten\",\"batch\":11}")
        .isProblem(422, "too-few-pictures", "10 pictures", "11");
    submit("{\"dataset\":\"ten\",\"batch\":10}").is(201);
  }

  @Test
  void takesTheArchitectureOfItsStart() throws IOException {
    Path folder = home.folder().resolve("blobs/checkpoints/start/step-00000001");
    checkpoints.register("start-1", folder, Checkpointed.write(folder, "start", 1));

    Answer job = submit("{\"dataset\":\"ten\",\"batch\":4,\"start\":\"start-1\"}").is(201);

    assertThat(job.text("start")).isEqualTo("start-1");
    assertThat(job.json().path("settings").path("architecture").path("width").asInt())
        .isEqualTo(Checkpointed.TINY.width());
    String same = "{\"dataset\":\"ten\",\"batch\":4,\"start\":\"start-1\",\"architecture\":%s}";
    submit(same.formatted("{\"width\":16}")).is(201);
    submit(same.formatted("{\"width\":32}"))
        .isProblem(400, "invalid-request", "architecture.width is 32", "16");
    Answer larger = submit(same.formatted("{\"imageSize\":24,\"positions\":\"learned\"}")).is(201);
    JsonNode architecture = larger.json().path("settings").path("architecture");
    assertThat(architecture.path("imageSize").asInt()).isEqualTo(24);
    assertThat(architecture.path("positions").asString()).isEqualTo("learned");
    submit(same.formatted("{\"backbone\":\"vit-ti/8\",\"imageSize\":24}"))
        .isProblem(400, "invalid-request", "architecture.width is 192", "architecture.depth is 12");
  }

  @Test
  void takesABackboneByItsName() {
    String named = "{\"dataset\":\"ten\",\"batch\":4,\"architecture\":%s}";

    JsonNode small =
        submit(
                named.formatted(
                    "{\"backbone\":\"vit-s/14\",\"imageSize\":98,\"positions\":\"learned\",\"heads\":6}"))
            .is(201)
            .json()
            .path("settings")
            .path("architecture");

    assertThat(small.toString())
        .isEqualTo(
            "{\"imageSize\":98,\"patch\":14,\"width\":384,\"depth\":12,\"heads\":6,\"mlpRatio\":4.0,"
                + "\"positions\":\"learned\"}");
    submit(named.formatted("{\"backbone\":\"vit-h/14\"}"))
        .isProblem(400, "invalid-request", "'vit-h/14'", "vit-ti/8", "vit-s6/16", "vit-b/32");
    submit(named.formatted("{\"backbone\":16}")).isProblem(400, "invalid-request", "'16'");
    submit(named.formatted("{\"backbone\":\"vit-b/16\",\"imageSize\":225}"))
        .isProblem(400, "out-of-range", "architecture", "patch must divide imageSize");
  }

  @Test
  void takesEverySetting() {
    String settings =
        "{\"profile\":\"released\",\"mask\":\"grid\",\"maskedTokens\":\"dropped\","
            + "\"schedule\":\"constant\",\"objective\":\"lodisc\",\"accumulation\":2,"
            + "\"clipNorm\":1.5,\"recompute\":true,\"precision\":\"bf16\",\"projector\":true,"
            + "\"predictorDropout\":0.3,"
            + "\"momentumUpdates\":2,\"maxUnreadableShare\":0.25,\"batch\":8,"
            + "\"evaluation\":{\"everyEpochs\":3,\"knn\":false,\"probeEpochs\":7,"
            + "\"probeAlways\":true,\"probeViews\":\"plain\",\"batch\":5,\"sample\":9,"
            + "\"maxUnreadable\":0.125}}";
    ObjectNode asked = (ObjectNode) JsonMapper.shared().readTree(settings);

    JsonNode taken =
        submit(asked.deepCopy().put("dataset", "ten").toString()).is(201).json().path("settings");

    asked.properties().forEach(s -> assertThat(taken.get(s.getKey())).isEqualTo(s.getValue()));
    assertThat(taken.path("learningRate").asDouble()).isEqualTo(1e-3 * 8 / 256);
  }

  @Test
  void refusesUnknownNamesAndTellsTheKnownOnes() {
    String[][] wrong = {
      {"profile", "paper", "released"},
      {"mask", "location", "location-strict", "random", "grid", "border"},
      {"maskedTokens", "zeroed", "dropped"},
      {"schedule", "cosine", "constant"},
      {"objective", "lodisc"},
      {"branches", "global", "local", "global+local"},
      {"precision", "fp32", "tf32", "bf16"}
    };
    for (String[] names : wrong) {
      for (String value : List.of("\"spiral\"", "3", "[]", "{}", "true")) {
        submit("{\"dataset\":\"ten\",\"%s\":%s}".formatted(names[0], value))
            .isProblem(400, "invalid-request", names);
      }
    }
    submit("{\"dataset\":\"ten\",\"profile\":null}").isProblem(400, "out-of-range", "profile");
    submit("{\"dataset\":\"ten\",\"batch\":10,\"accumulation\":3}")
        .isProblem(400, "out-of-range", "accumulation must divide batch");
  }

  @Test
  void cancelsAWaitingJobAtOnce() {
    String id = submit("{\"dataset\":\"ten\",\"batch\":4}").is(201).text("id");

    Answer cancelled = api.post("/api/v1/jobs/" + id + "/cancel", "").is(202);

    assertThat(cancelled.text("state")).isEqualTo("CANCELLED");
    assertThat(cancelled.text("endedAt")).isNotBlank();
    api.post("/api/v1/jobs/" + id + "/cancel", "").isProblem(409, "conflict", "CANCELLED");
  }

  private Answer submit(String json) {
    return api.post("/api/v1/jobs", json);
  }
}
