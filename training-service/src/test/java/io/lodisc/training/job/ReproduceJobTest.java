package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A table of the paper as a job: real runs of a tiny model. */
@TrainingTest(
    properties = {
      "lodisc.training.workers=1",
      "lodisc.training.child-memory=512m",
      "lodisc.training.queue.heartbeat=200ms"
    })
class ReproduceJobTest {

  private static final String REQUEST =
      """
      {"type": "reproduce", "dataset": "split", "plan": "table2", "only": "gl", "epochs": %d,
       "settings": {
         "architecture": {"imageSize": 16, "patch": 4, "width": 16, "depth": 2, "heads": 2,
           "mlpRatio": 2, "positions": "learned"},
         "batch": 4, "headHidden": 16, "headOut": 8,
         "evaluation": {"probeEpochs": 2, "batch": 4}}}
      """;

  @Autowired Api api;
  @Autowired Home home;

  @BeforeEach
  void dataset() throws IOException {
    Path root = home.datasets().resolve("split");
    if (Files.exists(root)) {
      return;
    }
    for (int i = 0; i < 24; i++) {
      Path file =
          root.resolve(i < 12 ? "train" : "test").resolve("class" + i % 3).resolve(i + ".png");
      Files.createDirectories(file.getParent());
      Pictures.png(file, i);
    }
    api.post("/api/v1/datasets", "{\"name\":\"split\",\"path\":\"%s\"}".formatted(root)).is(201);
  }

  @Test
  void isPausedGoesOnAndLeavesAReport() throws IOException {
    Jobs jobs = new Jobs(api, home);
    String id = api.post("/api/v1/jobs", REQUEST.formatted(150)).is(201).text("id");
    assertThat(jobs.get(id).json().path("epochs").asInt()).isEqualTo(2);
    jobs.underWay(id);

    api.post("/api/v1/jobs/" + id + "/pause", "").is(202);
    await().atMost(Duration.ofMinutes(1)).until(() -> jobs.get(id).text("state").equals("PAUSED"));
    assertThat(Jobs.processes()).isEmpty();
    long step = jobs.get(id).json().path("step").asLong();
    api.post("/api/v1/jobs/" + id + "/resume", "").is(202);

    Answer job = jobs.ended(id);
    assertThat(job.text("state")).as(job.text("reason")).isEqualTo("SUCCEEDED");
    assertThat(job.json().path("epoch").asInt()).isEqualTo(2);
    assertThat(job.json().path("step").asLong()).isGreaterThan(step);
    String report = "/api/v1/jobs/" + id + "/report/";
    Answer page = api.get(report + "report.html").is(200);
    assertThat(page.headers().getContentType()).hasToString("text/html");
    assertThat(new String(page.bytes(), StandardCharsets.UTF_8)).contains("<table>", "Rank-1");
    assertThat(api.get(report + "plots/loss-global.svg").is(200).headers().getContentType())
        .hasToString("image/svg+xml");
    api.get(report + "../../../worker").isProblem(404, "not-found");
    api.get(report + "none.md").isProblem(404, "not-found", "none.md");
  }

  @Test
  void refusesWhatCannotBeReproduced() {
    refused("\"plan\": \"table9\"", "table9");
    refused("\"plan\": \"table2\", \"only\": \"none\"", "none");
    refused("\"plan\": \"table2\", \"seeds\": 0", "seeds");
    refused("\"plan\": \"table2\", \"arch\": \"vit-xxl/3\"", "vit-xxl");
    api.post("/api/v1/jobs", "{\"type\":\"reproduce\",\"dataset\":\"split\",\"seed\":3}")
        .isProblem(400, "unknown-field", "seed");
  }

  private void refused(String fields, String named) {
    api.post("/api/v1/jobs", "{\"type\":\"reproduce\",\"dataset\":\"split\",%s}".formatted(fields))
        .isProblem(400, "invalid-request", named);
  }
}
