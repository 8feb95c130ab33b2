package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.child.Progress;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@TrainingTest
class JobQueueTest {

  @Autowired Api api;
  @Autowired Home home;
  @Autowired JobQueue queue;
  @Autowired JobRepository jobs;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void emptyQueue() throws IOException {
    jdbc.sql("delete from training.job").update();
    Path folder = home.datasets().resolve("queue");
    if (!Files.exists(folder)) {
      Pictures.folder(folder, 2);
      api.post("/api/v1/datasets", "{\"name\":\"queue\",\"path\":\"%s\"}".formatted(folder))
          .is(201);
    }
  }

  @Test
  void givesTheLongestWaitingFirst() {
    List<String> submitted = submit(3);
    queue.cancel(submitted.get(1));

    assertThat(queue.claim("a")).map(Claim::job).contains(submitted.get(0));
    assertThat(queue.claim("b")).map(Claim::job).contains(submitted.get(2));
    assertThat(queue.claim("a")).isEmpty();
  }

  @Test
  void neverGivesAJobTwice() throws Exception {
    List<String> submitted = submit(60);
    List<String> claimed = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(4)) {
      List<Future<List<String>>> all = new ArrayList<>();
      for (int w = 0; w < 4; w++) {
        String worker = "worker-" + w;
        all.add(workers.submit(() -> claimAll(worker)));
      }
      for (Future<List<String>> one : all) {
        claimed.addAll(one.get());
      }
    }

    assertThat(claimed).containsExactlyInAnyOrderElementsOf(submitted);
  }

  @Test
  void hearsItsOwnWorkerOnly() {
    String id = submit(1).getFirst();
    Claim mine = queue.claim("mine").orElseThrow();
    Claim other = new Claim(id, "other", mine.attempt());

    Progress progress = new Progress(1, 2, 3L, 4L, 0.5, 6.0, 7L, 0.25, 1);
    assertThat(queue.report(other, progress)).isEqualTo(JobQueue.Answer.LOST);
    assertThat(api.get("/api/v1/jobs/" + id).json().path("step").asInt()).isZero();
    assertThat(queue.report(mine, progress)).isEqualTo(JobQueue.Answer.GO_ON);
    assertThat(api.get("/api/v1/jobs/" + id).json().path("step").asInt()).isEqualTo(3);
    queue.end(other, Outcome.SUCCEEDED, progress);
    assertThat(state(id)).isEqualTo(JobState.RUNNING);
    queue.end(mine, Outcome.failed("why"), progress);
    assertThat(state(id)).isEqualTo(JobState.FAILED);
    assertThat(queue.report(mine, progress)).isEqualTo(JobQueue.Answer.LOST);
  }

  @Test
  void tellsTheWorkerOfACancel() {
    String id = submit(1).getFirst();
    Claim w = queue.claim("w").orElseThrow();

    assertThat(queue.cancel(id)).isTrue();

    assertThat(api.get("/api/v1/jobs/" + id).json().path("cancelling").asBoolean()).isTrue();
    assertThat(queue.report(w, Progress.NONE)).isEqualTo(JobQueue.Answer.CANCEL);
    queue.end(w, Outcome.CANCELLED, Progress.NONE);
    assertThat(queue.cancel(id)).isFalse();
  }

  @Test
  void endsJobsOfWorkersThatAreGone() {
    List<String> submitted = submit(3);
    queue.claim("silent");
    queue.claim("alive");
    queue.claim("restarted");
    jdbc.sql(
            "update training.job set heartbeat = now() - interval '61 seconds'"
                + " where worker = 'silent'")
        .update();

    assertThat(queue.endSilent(Duration.ofSeconds(60))).isEqualTo(1);
    assertThat(state(submitted.get(0))).isEqualTo(JobState.FAILED);
    assertThat(api.get("/api/v1/jobs/" + submitted.get(0)).text("reason"))
        .contains("training service stopped");
    assertThat(queue.endAbandoned("restarted")).isEqualTo(1);
    assertThat(state(submitted.get(1))).isEqualTo(JobState.RUNNING);
    assertThat(state(submitted.get(2))).isEqualTo(JobState.FAILED);
  }

  @Test
  void aResumedJobIsNoLongerThatOfTheWorkerThatLostIt() {
    String id = submit(1).getFirst();
    Claim lost = queue.claim("same").orElseThrow();
    assertThat(queue.resume(id)).isFalse();
    queue.cancel(id);
    queue.endAbandoned("same");

    assertThat(queue.resume(id)).isTrue();
    assertThat(queue.resume(id)).isFalse();
    Claim taken = queue.claim("same").orElseThrow();

    assertThat(queue.report(lost, Progress.NONE)).isEqualTo(JobQueue.Answer.LOST);
    queue.end(lost, Outcome.SUCCEEDED, Progress.NONE);
    assertThat(state(id)).isEqualTo(JobState.RUNNING);
    assertThat(queue.report(taken, Progress.NONE)).isEqualTo(JobQueue.Answer.GO_ON);
    queue.end(taken, Outcome.SUCCEEDED, Progress.NONE);
    assertThat(queue.resume(id)).isFalse();
  }

  private List<String> claimAll(String worker) {
    List<String> mine = new ArrayList<>();
    queue.claim(worker).map(Claim::job).ifPresent(mine::add);
    while (!mine.isEmpty() && queue.claim(worker).map(Claim::job).map(mine::add).orElse(false)) {
      // until there is none
    }
    return mine;
  }

  private List<String> submit(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(api.post("/api/v1/jobs", "{\"dataset\":\"queue\",\"batch\":2}").is(201).text("id"));
    }
    return ids;
  }

  private JobState state(String id) {
    return jobs.findById(id).orElseThrow().state();
  }
}
