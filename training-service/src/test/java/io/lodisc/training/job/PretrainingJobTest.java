package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Real training of a tiny model in a real process. */
@TrainingTest(
    properties = {
      "lodisc.training.workers=1",
      "lodisc.training.child-memory=512m",
      "lodisc.training.queue.heartbeat=200ms"
    })
class PretrainingJobTest {

  private static final String TINY =
      """
      "architecture":{"imageSize":16,"patch":8,"width":16,"depth":1,"heads":2},
      "batch":4,"headHidden":16,"headOut":8,"threads":1,"epochs":%d
      """;

  private static final String ONE_ATTEMPT = ",\"maxAttempts\":1";

  @Autowired Api api;
  @Autowired Home home;

  @Test
  void trainsAndGoesOnAfterAKilledJob() throws IOException {
    Jobs jobs = new Jobs(api, home);
    String killed = jobs.submit(TINY.formatted(100_000) + ONE_ATTEMPT);
    String next = jobs.submit(TINY.formatted(2));

    jobs.underWay(killed);
    assertThat(Jobs.processes()).hasSize(1).allMatch(ProcessHandle::destroyForcibly);

    assertThat(jobs.ended(killed).text("state")).isEqualTo("FAILED");
    assertThat(jobs.ended(killed).text("reason")).contains("SIGKILL");
    Answer trained = jobs.ended(next);
    assertThat(trained.text("state")).as(trained.text("reason")).isEqualTo("SUCCEEDED");
    assertThat(trained.json().path("epoch").asInt()).isEqualTo(2);
    assertThat(trained.json().path("step").asInt()).isEqualTo(6);
    assertThat(trained.json().path("loss").asDouble()).isFinite().isPositive();

    String checkpoint = trained.text("checkpoint");
    JsonNode shown = api.get("/api/v1/checkpoints/" + checkpoint).is(200).json();
    assertThat(shown.path("job").asString()).isEqualTo(next);
    assertThat(shown.path("step").asInt()).isEqualTo(6);
    assertThat(shown.path("dimension").asInt()).isEqualTo(16);
    api.put("/api/v1/models/production", "{\"checkpoint\":\"%s\"}".formatted(checkpoint)).is(200);

    String continued =
        jobs.submit(
            "\"start\":\"production\",\"batch\":4,\"headHidden\":16,\"headOut\":8,\"epochs\":1");
    assertThat(jobs.ended(continued).text("reason")).isEmpty();
    assertThat(jobs.ended(continued).text("state")).isEqualTo("SUCCEEDED");
  }

  @Test
  void aKilledJobThatIsResumedEndsInTheBytesOfOneThatRanThrough() throws IOException {
    Jobs jobs = new Jobs(api, home);
    String settings =
        TINY.formatted(60)
            + ",\"checkpointEpochs\":5,\"evaluation\":{\"everyEpochs\":30,\"probeEpochs\":2}";
    String killed = jobs.submit(settings + ONE_ATTEMPT);
    await().atMost(Duration.ofMinutes(2)).until(() -> jobs.get(killed).json().has("checkpoint"));
    assertThat(Jobs.processes()).hasSize(1).allMatch(ProcessHandle::destroyForcibly);
    assertThat(jobs.ended(killed).text("state")).isEqualTo("FAILED");

    Answer resumed = api.post("/api/v1/jobs/" + killed + "/resume", "").is(202);
    assertThat(resumed.json().has("reason")).isFalse();
    assertThat(resumed.json().has("endedAt")).isFalse();
    String whole = jobs.submit(settings);

    Answer one = jobs.ended(killed);
    assertThat(one.text("state")).as(one.text("reason")).isEqualTo("SUCCEEDED");
    Answer other = jobs.ended(whole);
    assertThat(encoder(one)).isEqualTo(encoder(other));
    JsonNode rows = api.get("/api/v1/jobs/" + killed + "/epochs").is(200).json().path("items");
    assertThat(rows).hasSize(60);
    assertThat(rows.get(59).path("epoch").asInt()).isEqualTo(60);
    assertThat(one.json().path("evaluation").path("last").path("epoch").asInt()).isEqualTo(60);
    assertThat(one.json().path("evaluation").has("start")).isTrue();
    assertThat(one.json().path("dataWait").asDouble()).isBetween(0.0, 1.0);
    assertThat(series(killed, "loss")).isEqualTo(series(whole, "loss")).hasSize(60);
    assertThat(series(killed, "loss.local")).isEqualTo(series(whole, "loss.local")).hasSize(60);
    assertThat(series(killed, "spread.deviation"))
        .isEqualTo(series(whole, "spread.deviation"))
        .containsOnlyKeys(0, 90, 180);
    api.post("/api/v1/jobs/" + killed + "/resume", "").isProblem(409, "conflict", "SUCCEEDED");
    api.post("/api/v1/jobs/none/resume", "").isProblem(404, "not-found");
  }

  @Test
  void warnsOfACollapseAndOfAPictureThatVanishesAndFailsWhenTooManyDo() throws IOException {
    Path folder = Files.createDirectories(home.datasets().resolve("alike"));
    for (int i = 0; i < 12; i++) {
      Pictures.png(folder.resolve(i + ".png"), 1);
    }
    api.post("/api/v1/datasets", "{\"name\":\"alike\",\"path\":\"%s\"}".formatted(folder)).is(201);
    Files.delete(folder.resolve("5.png"));
    Jobs jobs = new Jobs(api, home);
    String id =
        jobs.submit(
            "alike",
            TINY.formatted(100_000)
                + """
                ,"maxUnreadableShare":0.1,"checkpointEpochs":100000,
                "evaluation":{"everyEpochs":20,"probeEpochs":0,"maxUnreadable":0.5}
                """);

    await().atMost(Duration.ofMinutes(2)).until(() -> warnings(jobs.get(id)).size() == 3);
    assertThat(jobs.get(id).json().path("skipped").asInt()).isEqualTo(1);
    assertThat(warnings(jobs.get(id)))
        .satisfiesExactly(
            vanished -> assertThat(vanished).startsWith("1 picture could not be read"),
            token -> assertThat(token).matches("The class token has collapsed at epoch \\d+. .+"),
            predicted ->
                assertThat(predicted)
                    .matches("The predictor's output has collapsed at epoch \\d+. .+"));

    Files.delete(folder.resolve("8.png"));

    Answer ended = jobs.ended(id);
    assertThat(ended.text("state")).isEqualTo("FAILED");
    assertThat(ended.text("reason"))
        .contains(
            "2 of 12 pictures (16.7 %) cannot be used, more than the 10.0 % that a run may skip",
            folder.resolve("5.png") + " cannot be read: the file is gone", "Put them back");
  }

  private static List<String> warnings(Answer job) {
    return job.json().path("warnings").valueStream().map(JsonNode::asString).toList();
  }

  /** Step to value at the ends of epochs; what lies between depends on the time it took. */
  private Map<Integer, Double> series(String job, String name) {
    JsonNode points =
        api.get("/api/v1/jobs/%s/metrics?names=%s&points=10000".formatted(job, name))
            .is(200)
            .json()
            .path("series")
            .path(0)
            .path("points");
    Map<Integer, Double> values = new TreeMap<>();
    int before = -1;
    for (JsonNode point : points) {
      int step = point.get(0).asInt();
      assertThat(step).isGreaterThan(before);
      before = step;
      if (step % 3 == 0) {
        values.put(step, point.get(1).asDouble());
      }
    }
    return values;
  }

  private byte[] encoder(Answer job) {
    String files = "/api/v1/checkpoints/" + job.text("checkpoint") + "/files/";
    return api.get(files + "encoder.safetensors").is(200).bytes();
  }
}
