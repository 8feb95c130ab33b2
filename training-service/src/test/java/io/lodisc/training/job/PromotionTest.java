package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Jobs whose checkpoints are evaluated and promoted if they are good enough. */
@TrainingTest(
    properties = {
      "lodisc.training.workers=1",
      "lodisc.training.child-memory=512m",
      "lodisc.training.queue.heartbeat=200ms"
    })
class PromotionTest {

  private static final String METRIC = "classToken.rank1";

  @Autowired Api api;
  @Autowired Home home;
  private Jobs jobs;

  @BeforeEach
  void dataset() throws IOException {
    jobs = new Jobs(api, home);
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
  void aCheckpointThatReachesWhatIsAskedIsPromotedAndOneThatDoesNotIsNot() {
    Answer good = jobs.ended(train("good", "\"atLeast\": 0.0"));
    assertThat(good.text("reason")).contains("decides on good");
    JsonNode promote = good.json().path("promote");
    assertThat(promote.path("alias").asString()).isEqualTo("good");
    assertThat(promote.path("metric").asString()).isEqualTo(METRIC);
    assertThat(promote.path("atLeast").asDouble(-1)).isZero();
    Answer decision = jobs.ended(chained(good));
    assertThat(decision.text("type")).isEqualTo("evaluate");
    assertThat(decision.text("reason")).startsWith("Promoted to good: " + METRIC);
    assertThat(alias("good")).isEqualTo(good.text("checkpoint"));

    Answer bad = jobs.ended(train("bad", "\"atLeast\": 1.5"));
    assertThat(jobs.ended(chained(bad)).text("reason")).startsWith("Not promoted to bad");
    api.get("/api/v1/models/bad").isProblem(404, "not-found");
  }

  @Test
  void aCheckpointIsComparedWithTheOneThatIsServedNow() {
    Answer first = jobs.ended(train("served", "\"notBelow\": \"current\""));
    assertThat(jobs.ended(chained(first)).text("reason")).contains("none before");
    Answer second = jobs.ended(train("served", "\"notBelow\": \"current\""));
    Answer decision = jobs.ended(chained(second));

    JsonNode found = decision.json().path("evaluation");
    double reached = rank1(found.path("last"));
    double before = rank1(found.path("against"));
    assertThat(decision.json().path("settings").path("against").asString())
        .isEqualTo(first.text("checkpoint"));
    assertThat(alias("served")).isEqualTo((reached >= before ? second : first).text("checkpoint"));
  }

  @Test
  void nothingIsTrainedForAGateThatNothingCanMeasure() throws IOException {
    Path flat = Pictures.folder(home.datasets().resolve("flat"), 8);
    api.post("/api/v1/datasets", "{\"name\":\"flat\",\"path\":\"%s\"}".formatted(flat)).is(201);

    api.post(
            "/api/v1/jobs",
            """
            {"dataset": "flat", "batch": 4,
             "promote": {"alias": "blind", "metric": "%s", "atLeast": 0.5}}
            """
                .formatted(METRIC))
        .isProblem(400, "invalid-request", "no labelled test pictures");
  }

  @Test
  void anEvaluationIsAJobOfItsOwn() {
    Answer trained = jobs.ended(train("alone", "\"atLeast\": 1.5"));
    String id =
        api.post(
                "/api/v1/jobs",
                """
                {"type": "evaluate", "dataset": "split", "checkpoint": "%s",
                 "evaluation": {"probeEpochs": 2, "batch": 4}}
                """
                    .formatted(trained.text("checkpoint")))
            .is(201)
            .text("id");

    Answer job = jobs.ended(id);
    assertThat(job.text("state")).as(job.text("reason")).isEqualTo("SUCCEEDED");
    assertThat(rank1(job.json().path("evaluation").path("last")))
        .isEqualTo(rank1(trained.json().path("evaluation").path("last")));
    api.post("/api/v1/jobs", "{\"type\":\"evaluate\",\"dataset\":\"split\",\"checkpoint\":\"no\"}")
        .isProblem(404, "not-found", "no");
    api.post("/api/v1/jobs", "{\"type\":\"evaluate\",\"dataset\":\"split\"}")
        .isProblem(400, "invalid-request", "checkpoint");
  }

  private String train(String alias, String gate) {
    return api.post(
            "/api/v1/jobs",
            """
            {"dataset": "split", "promote": {"alias": "%s", "metric": "%s", %s},
             "architecture": {"imageSize": 16, "patch": 8, "width": 16, "depth": 1, "heads": 2},
             "batch": 4, "headHidden": 16, "headOut": 8, "threads": 1, "epochs": 2,
             "evaluation": {"probeEpochs": 2, "batch": 4}}
            """
                .formatted(alias, METRIC, gate))
        .is(201)
        .text("id");
  }

  private static String chained(Answer job) {
    return job.text("reason").split(" ")[1];
  }

  private static double rank1(JsonNode evaluation) {
    return evaluation.path("classToken").path("retrieval").path("rankK").path("1").asDouble(-1);
  }

  private String alias(String name) {
    return api.get("/api/v1/models/" + name).is(200).text("checkpoint");
  }
}
