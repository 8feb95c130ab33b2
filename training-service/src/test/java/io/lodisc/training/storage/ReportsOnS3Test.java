package io.lodisc.training.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import io.lodisc.training.support.WorkerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** A table of the paper, begun on one machine and ended on another. */
@TrainingTest(properties = {"lodisc.training.roles=api", "lodisc.training.sweep.every=0"})
class ReportsOnS3Test {

  private static final Duration LONG = Duration.ofMinutes(4);
  private static final Machines MACHINES = new Machines();
  private static final String REQUEST =
      """
      {"type": "reproduce", "dataset": "split", "plan": "table2", "only": "gl", "epochs": 90,
       "settings": {
         "architecture": {"imageSize": 16, "patch": 4, "width": 16, "depth": 2, "heads": 2,
           "mlpRatio": 2, "positions": "learned"},
         "batch": 4, "headHidden": 16, "headOut": 8,
         "evaluation": {"probeEpochs": 2, "batch": 4}}}
      """;

  @Autowired Api api;
  @Autowired Home home;
  @Autowired DataSource database;
  @TempDir Path temporary;

  @DynamicPropertySource
  static void store(DynamicPropertyRegistry registry) {
    MACHINES.properties(registry);
  }

  @BeforeEach
  void dataset() throws IOException {
    api.upload("/api/v1/datasets", Machines.split(temporary), Map.of("name", "split")).is(201);
  }

  @AfterAll
  static void end() throws Exception {
    MACHINES.close();
  }

  @Test
  void goesOnElsewhereAndIsServedFromTheStore() throws Exception {
    WorkerProcess one = worker("one");
    String id = api.post("/api/v1/jobs", REQUEST).is(201).text("id");
    assertThat(get(id).json().path("epochs").asInt()).isEqualTo(2);
    await().atMost(LONG).until(() -> get(id).json().path("step").asLong() > 60);
    api.post("/api/v1/jobs/" + id + "/pause", "").is(202);
    await().atMost(LONG).until(() -> get(id).text("state").equals("PAUSED"));
    long step = get(id).json().path("step").asLong();
    one.terminate();
    assertThat(MACHINES.keys("reports/" + id + "/runs/gl-seed0/checkpoints/")).isNotEmpty();

    worker("two");
    api.post("/api/v1/jobs/" + id + "/resume", "").is(202);
    await().atMost(LONG).until(() -> get(id).json().has("endedAt"));

    Answer job = get(id);
    assertThat(job.text("state")).as(job.text("reason")).isEqualTo("SUCCEEDED");
    assertThat(firstStepSinceResumed(id)).as("it began where it was").isGreaterThan(20);
    assertThat(job.json().path("step").asLong()).isGreaterThan(step);
    String report = "/api/v1/jobs/" + id + "/report/";
    Answer page = api.get(report + "report.html").is(200);
    assertThat(page.headers().getContentType()).hasToString("text/html");
    assertThat(new String(page.bytes(), StandardCharsets.UTF_8)).contains("<table>", "2 of 2");
    assertThat(api.get(report + "plots/loss-global.svg").is(200).headers().getContentType())
        .hasToString("image/svg+xml");
    api.get(report + "../../../worker").isProblem(404, "not-found");
    api.get(report + "none.md").isProblem(404, "not-found", "none.md");
    assertThat(MACHINES.keys("reports/" + id + "/runs/gl-seed0/checkpoints/"))
        .as("what a finished run keeps no more")
        .isEmpty();
    assertThat(MACHINES.keys("reports/" + id + "/runs/gl-seed0/"))
        .anyMatch(key -> key.endsWith("/result.json"))
        .anyMatch(key -> key.endsWith("/encoder.safetensors"))
        .noneMatch(key -> key.endsWith(".part"));
    api.delete("/api/v1/jobs/" + id).is(200);
    assertThat(MACHINES.keys("reports/")).isEmpty();
  }

  private WorkerProcess worker(String name) throws Exception {
    return MACHINES.worker(WorkerProcess.url(database), home.folder().resolve(name));
  }

  private Answer get(String id) {
    return api.get("/api/v1/jobs/" + id).is(200);
  }

  /** The first step but none that is told after the job was paused. */
  private long firstStepSinceResumed(String id) {
    String events =
        new String(api.get("/api/v1/jobs/" + id + "/events").bytes(), StandardCharsets.UTF_8);
    return events
        .substring(events.indexOf("\"from\":\"PAUSED\""))
        .lines()
        .filter(line -> line.startsWith("data:") && line.contains("\"step\""))
        .map(line -> JsonMapper.shared().readTree(line.substring("data:".length())))
        .mapToLong(progress -> progress.path("step").asLong())
        .filter(step -> step > 0)
        .findFirst()
        .orElseThrow();
  }
}
