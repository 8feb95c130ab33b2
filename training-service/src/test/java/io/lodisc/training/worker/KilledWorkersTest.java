package io.lodisc.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lodisc.training.TrainingApplication;
import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.Slow;
import io.lodisc.training.support.TrainingTest;
import io.lodisc.training.support.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Real training in real worker processes that die, hang and are told to end. */
@TrainingTest(
    properties = {
      "lodisc.training.roles=api",
      "lodisc.training.queue.lease=3s",
      "lodisc.training.queue.heartbeat=300ms",
      "lodisc.training.queue.backoff=200ms"
    })
class KilledWorkersTest {

  private static final int RUNS = Slow.of(3, 50);
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final List<String> PROPERTIES =
      List.of(
          "lodisc.training.roles=worker",
          "lodisc.training.child-memory=256m",
          "lodisc.training.queue.lease=3s",
          "lodisc.training.queue.heartbeat=300ms",
          "lodisc.training.queue.backoff=200ms",
          "spring.datasource.hikari.connection-init-sql=set idle_in_transaction_session_timeout='2s'",
          "server.port=0");

  @Autowired Api api;
  @Autowired Home home;
  @Autowired DataSource database;

  @BeforeEach
  void dataset() throws IOException {
    Path folder = home.datasets().resolve("dozen");
    if (!Files.exists(folder)) {
      Pictures.folder(folder, 12);
      api.post("/api/v1/datasets", "{\"name\":\"dozen\",\"path\":\"%s\"}".formatted(folder))
          .is(201);
    }
  }

  @Test
  void whateverIsKilledEveryJobEndsInTheBytesOfAnUndisturbedRun() throws Exception {
    Random random = new Random(4);
    List<WorkerProcess> workers = new ArrayList<>(List.of(worker(), worker()));
    try {
      byte[] undisturbed = encoder(succeeded(submit(60)));
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        ids.add(submit(60));
      }

      for (int kills = 0; kills < RUNS; ) {
        Thread.sleep(200 + random.nextInt(2000));
        int victim = random.nextInt(workers.size());
        if (kill(workers.get(victim), random.nextInt(3))) {
          kills++;
        }
        if (!workers.get(victim).isAlive()) {
          workers.get(victim).close();
          workers.set(victim, worker());
        }
      }

      int attempts = 0;
      for (String id : ids) {
        Answer job = succeeded(id);
        attempts += job.json().path("attempts").asInt();
        assertThat(encoder(job)).isEqualTo(undisturbed);
        assertThat(api.get("/api/v1/jobs/" + id + "/epochs").json().path("items")).hasSize(60);
      }
      assertThat(attempts).isGreaterThan(RUNS);
    } finally {
      for (WorkerProcess worker : workers) {
        worker.close();
      }
    }
  }

  @Test
  void aWorkerThatWasStoppedPastItsLeasePublishesNothing() throws Exception {
    try (WorkerProcess one = worker();
        WorkerProcess other = worker()) {
      String id = submit(200);
      underWay(id);
      WorkerProcess stopped = one.children().isEmpty() ? other : one;
      List<ProcessHandle> children = stopped.children();
      for (ProcessHandle child : children) {
        WorkerProcess.signal("STOP", child);
      }
      stopped.signal("STOP");
      await().atMost(LONG).until(() -> get(id).json().path("attempts").asInt() == 2);
      stopped.signal("CONT");
      for (ProcessHandle child : children) {
        WorkerProcess.signal("CONT", child);
      }

      Answer job = succeeded(id);
      assertThat(job.json().path("attempts").asInt()).isEqualTo(2);
      await().atMost(LONG).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
      assertThat(stopped.isAlive()).isTrue();
      assertThat(encoder(succeeded(submit(20)))).as("they work on").isNotEmpty();
    }
  }

  @Test
  void aWorkerThatIsToldToEndLosesNoStep() throws Exception {
    String id = submit(3_000);
    long step;
    try (WorkerProcess ending = worker()) {
      underWay(id);
      ending.terminate();
      Answer job = get(id);
      assertThat(job.text("state")).isEqualTo("QUEUED");
      assertThat(job.json().path("failures").asInt()).isZero();
      step = job.json().path("step").asLong();
      String written = "/api/v1/checkpoints/" + job.text("checkpoint");
      assertThat(api.get(written).json().path("step").asLong()).as("checkpoint").isEqualTo(step);
    }
    try (WorkerProcess other = worker()) {
      await().atMost(LONG).until(() -> get(id).json().path("step").asLong() > step);
      api.post("/api/v1/jobs/" + id + "/cancel", "").is(202);
      await().atMost(LONG).until(() -> get(id).text("state").equals("CANCELLED"));
      assertThat(other.isAlive()).isTrue();
    }
  }

  /** Kills a worker's child, the worker, or both; false if there was nothing to kill. */
  private static boolean kill(WorkerProcess worker, int what) throws InterruptedException {
    List<ProcessHandle> children = worker.children();
    if (children.isEmpty()) {
      return false;
    }
    if (what != 1) {
      children.forEach(ProcessHandle::destroyForcibly);
    }
    if (what != 0) {
      worker.kill();
    }
    return true;
  }

  private WorkerProcess worker() throws IOException {
    return WorkerProcess.start(
        TrainingApplication.class, WorkerProcess.url(database), home.folder(), PROPERTIES);
  }

  private String submit(int epochs) {
    return api.post(
            "/api/v1/jobs",
            """
            {"dataset": "dozen", "maxAttempts": 100,
             "architecture": {"imageSize": 16, "patch": 8, "width": 16, "depth": 1, "heads": 2},
             "batch": 4, "headHidden": 16, "headOut": 8, "threads": 1, "epochs": %d,
             "checkpointEpochs": 10, "evaluation": {"everyEpochs": 100000, "probeEpochs": 2}}
            """
                .formatted(epochs))
        .is(201)
        .text("id");
  }

  private void underWay(String id) {
    await().atMost(LONG).until(() -> get(id).json().path("step").asLong() > 100);
  }

  private Answer succeeded(String id) {
    await().atMost(LONG).until(() -> get(id).json().has("endedAt"));
    Answer job = get(id);
    assertThat(job.text("state")).as(job.text("reason")).isEqualTo("SUCCEEDED");
    return job;
  }

  private Answer get(String id) {
    return api.get("/api/v1/jobs/" + id).is(200);
  }

  private byte[] encoder(Answer job) {
    String files = "/api/v1/checkpoints/" + job.text("checkpoint") + "/files/";
    return api.get(files + "encoder.safetensors").is(200).bytes();
  }
}
