package io.lodisc.training.job;

import static org.awaitility.Awaitility.await;

import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Submits jobs and waits for what becomes of them. */
final class Jobs {

  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

  private final Api api;

  /** With a data set {@code dozen} of twelve pictures. */
  Jobs(Api api, Home home) throws IOException {
    this.api = api;
    Path folder = home.datasets().resolve("dozen");
    if (!Files.exists(folder)) {
      Pictures.folder(folder, 12);
      api.post("/api/v1/datasets", "{\"name\":\"dozen\",\"path\":\"%s\"}".formatted(folder))
          .is(201);
    }
  }

  String submit(String settings) {
    return submit("dozen", settings);
  }

  String submit(String dataset, String settings) {
    return api.post("/api/v1/jobs", "{\"dataset\":\"%s\",%s}".formatted(dataset, settings))
        .is(201)
        .text("id");
  }

  String submit(ScriptedChild.Script script) {
    return submit("\"batch\":4,\"epochs\":1,\"seed\":" + script.ordinal());
  }

  Answer get(String id) {
    return api.get("/api/v1/jobs/" + id).is(200);
  }

  Answer cancel(String id) {
    return api.post("/api/v1/jobs/" + id + "/cancel", "");
  }

  /** The job once it has ended. */
  Answer ended(String id) {
    await().atMost(LONGEST).until(() -> ENDED.contains(get(id).text("state")));
    return get(id);
  }

  /** The job once its process has told of its first steps. */
  Answer underWay(String id) {
    await().atMost(LONGEST).until(() -> get(id).json().path("step").asLong() > 0);
    return get(id);
  }

  /** Leaves the queue to the next test. */
  void cancelAll() {
    for (JsonNode job : api.get("/api/v1/jobs").is(200).json().path("items")) {
      if (!ENDED.contains(job.path("state").asString())) {
        cancel(job.path("id").asString());
        ended(job.path("id").asString());
      }
    }
  }

  /** The training processes that live: with one worker, the one of the job that runs. */
  static List<ProcessHandle> processes() {
    return ProcessHandle.current()
        .descendants()
        .filter(p -> p.info().command().orElse("").endsWith("java"))
        .toList();
  }
}
