package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lodisc.training.job.ScriptedChild.Script;
import io.lodisc.training.pretrain.Fault;
import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs whose process is a real JVM that behaves as a script says. */
@TrainingTest(
    properties = {
      "lodisc.training.workers=1",
      "lodisc.training.child-memory=64m",
      "lodisc.training.cancel-grace=1s",
      "lodisc.training.pause-grace=2s",
      "lodisc.training.follow.heartbeat=400ms",
      "lodisc.training.queue.heartbeat=200ms",
      "lodisc.training.queue.backoff=100ms"
    })
@Import(JobProcessTest.Scripted.class)
class JobProcessTest {

  /** No configuration by annotation, or the service's own scan would find it in other tests. */
  static class Scripted {

    @Bean
    @Primary
    ChildMain scriptedMain() {
      return new ChildMain(ScriptedChild.class.getName());
    }
  }

  @Autowired Api api;
  @Autowired Home home;
  @Autowired ApplicationContext context;
  @Autowired JdbcClient jdbc;
  private Jobs jobs;

  @BeforeEach
  void jobs() throws IOException {
    jobs = new Jobs(api, home);
  }

  @AfterEach
  void leaveNoJob() {
    jobs.cancelAll();
  }

  @Test
  void succeedsAndShowsTheLastProgress() {
    Answer job = jobs.ended(jobs.submit(Script.FAST));

    assertThat(job.text("state")).isEqualTo("SUCCEEDED");
    assertThat(job.json().path("loss").asDouble()).isEqualTo(2.5);
    assertThat(job.json().path("step").asInt()).isEqualTo(1);
    assertThat(job.json().path("imagesPerSecond").asDouble()).isEqualTo(10.5);
    assertThat(job.json().has("secondsLeft")).isFalse();
    assertThat(job.json().has("reason")).isFalse();
    assertThat(job.text("startedAt")).isNotBlank();
    assertThat(job.text("endedAt")).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "CRASH, 2, OTHER, exit code 7",
    "ABORT, 2, CRASHED, SIGABRT",
    "OUT_OF_MEMORY, 1, MEMORY, lodisc.training.child-memory",
    "FAIL, 1, DIVERGED, The loss is no number. Lower it.",
    "FAIL_PASSING, 2, OTHER, The disk is full.",
    "END_WITHOUT_DONE, 2, OTHER, without saying that it was done",
    "DAMAGED_CHECKPOINT, 2, OTHER, encoder.safetensors is truncated"
  })
  void failsWithAReasonAfterAsManyAttemptsAsMayHelp(
      Script script, int attempts, Fault fault, String reason) {
    String bad =
        jobs.submit("\"batch\":4,\"epochs\":1,\"maxAttempts\":2,\"seed\":" + script.ordinal());
    String next = jobs.submit(Script.FAST);

    Answer failed = jobs.ended(bad);
    assertThat(failed.text("state")).isEqualTo("FAILED");
    assertThat(failed.text("reason")).contains(reason);
    assertThat(fault(bad)).isEqualTo(fault.name());
    assertThat(failed.json().path("attempts").asInt()).isEqualTo(attempts);
    assertThat(failed.json().has("checkpoint")).isFalse();
    assertThat(jobs.ended(next).text("state")).isEqualTo("SUCCEEDED");
  }

  private String fault(String job) {
    return jdbc.sql("select fault from training.job where id = :id")
        .param("id", job)
        .query(String.class)
        .single();
  }

  @Test
  void isTriedAgainWhenItsProcessIsKilled() {
    String id = jobs.submit(Script.IGNORE_CANCEL);
    jobs.underWay(id);

    for (int failures = 1; failures <= 3; failures++) {
      await().until(() -> Jobs.processes().size() == 1);
      assertThat(Jobs.processes()).allMatch(ProcessHandle::destroyForcibly);
      int sofar = failures;
      await().until(() -> jobs.get(id).json().path("failures").asInt() == sofar);
    }

    assertThat(jobs.ended(id).text("state")).isEqualTo("FAILED");
    assertThat(jobs.ended(id).text("reason")).contains("SIGKILL", "137");
    assertThat(jobs.ended(jobs.submit(Script.FAST)).text("state")).isEqualTo("SUCCEEDED");
  }

  @Test
  void cancelsAProcessThatListens() {
    String id = jobs.submit(Script.WAIT_FOR_CANCEL);
    jobs.underWay(id);

    assertThat(jobs.cancel(id).is(202).text("state")).isEqualTo("RUNNING");

    assertThat(jobs.ended(id).text("state")).isEqualTo("CANCELLED");
    jobs.cancel(id).isProblem(409, "conflict");
  }

  @Test
  void killsACancelledProcessThatDoesNotListen() {
    String id = jobs.submit(Script.IGNORE_CANCEL);
    jobs.underWay(id);

    jobs.cancel(id).is(202);

    assertThat(jobs.ended(id).text("state")).isEqualTo("CANCELLED");
    assertThat(Jobs.processes()).isEmpty();
  }

  @Test
  void endsAProcessThatHangsWhenDone() {
    String id = jobs.submit(Script.HANG_AFTER_DONE);

    assertThat(jobs.ended(id).text("state")).isEqualTo("SUCCEEDED");
    assertThat(Jobs.processes()).isEmpty();
  }

  @Test
  void sendsGarbageToTheLog() throws IOException {
    String id = jobs.submit(Script.GARBAGE);

    Answer job = jobs.ended(id);

    assertThat(job.text("state")).isEqualTo("SUCCEEDED");
    assertThat(job.json().path("epoch").asInt()).isEqualTo(1);
    assertThat(
            Files.readString(home.folder().resolve("runs/%s/attempt-0001/log.txt".formatted(id))))
        .contains("\"party\"", "{ not json", "end of garbage", "garbage on stderr", "g".repeat(99));
  }

  @Test
  void registersEachCheckpoint() {
    String id = jobs.submit(Script.CHECKPOINT);

    Answer job = jobs.ended(id);

    assertThat(job.text("checkpoint")).isEqualTo(id + "-2");
    assertThat(api.get("/api/v1/checkpoints/" + id + "-1").is(200).text("job")).isEqualTo(id);
    api.get("/api/v1/checkpoints/" + id + "-2/files/encoder.safetensors").is(200);
    api.put("/api/v1/models/scripted", "{\"checkpoint\":\"%s-2\"}".formatted(id)).is(200);
  }

  @Test
  void olderCheckpointsGoAsNewOnesArePublished() {
    String id = jobs.submit(Script.FIVE_CHECKPOINTS);

    assertThat(jobs.ended(id).text("checkpoint")).isEqualTo(id + "-5");

    for (int step = 1; step <= 5; step++) {
      String path = "/api/v1/checkpoints/%s-%d/files/encoder.safetensors".formatted(id, step);
      assertThat(api.get(path).status()).as(path).isEqualTo(step <= 2 ? 404 : 200);
    }
  }

  @Test
  void keepsWhatWasMeasuredThoughTheDatabaseIsAwayForAMoment() {
    jdbc.sql("create sequence training.tries").update();
    jdbc.sql(
            """
            create function training.away() returns trigger language plpgsql as $$
            begin
              if nextval('training.tries') < 3 then raise exception 'away'; end if;
              return new;
            end $$
            """)
        .update();
    jdbc.sql(
            """
            create trigger away before update on training.job for each row
            when (new.evaluation is distinct from old.evaluation)
            execute function training.away()
            """)
        .update();
    try {
      String id = jobs.submit(Script.EVALUATE);

      Answer job = jobs.ended(id);

      assertThat(job.text("state")).isEqualTo("SUCCEEDED");
      assertThat(job.json().path("evaluation").path("start").path("split").asString())
          .isEqualTo("m".repeat(100_000));
      assertThat(jdbc.sql("select last_value from training.tries").query(Long.class).single())
          .isEqualTo(3);
      assertThat(
              api.get("/api/v1/jobs/" + id + "/epochs")
                  .is(200)
                  .json()
                  .path("items")
                  .path(0)
                  .path("terms")
                  .path("global")
                  .asDouble())
          .isEqualTo(2.5);
    } finally {
      jdbc.sql("drop function training.away() cascade").update();
      jdbc.sql("drop sequence training.tries").update();
    }
  }

  @Test
  void aShutdownEndsTheProcessAndTheJobWaitsForAnotherWorker() {
    String id = jobs.submit(Script.IGNORE_CANCEL);
    jobs.underWay(id);

    workers().stop();

    assertThat(Jobs.processes()).isEmpty();
    assertThat(jobs.get(id).text("state")).isEqualTo("QUEUED");
    assertThat(jobs.get(id).text("reason")).contains("shut down");
    assertThat(jobs.get(id).json().path("failures").asInt()).isZero();
    workers().start();
    await().until(() -> jobs.get(id).text("state").equals("RUNNING"));
    assertThat(jobs.get(id).json().path("attempts").asInt()).isEqualTo(2);
  }

  @Test
  void aPausedJobStopsAndGoesOnWhenItsUserSaysSo() {
    String id = jobs.submit(Script.PAUSE_ONCE);
    jobs.underWay(id);

    assertThat(api.post("/api/v1/jobs/" + id + "/pause", "").is(202).text("state"))
        .isEqualTo("RUNNING");

    await().until(() -> jobs.get(id).text("state").equals("PAUSED"));
    assertThat(Jobs.processes()).isEmpty();
    api.post("/api/v1/jobs/" + id + "/pause", "").isProblem(409, "conflict", "PAUSED");
    api.post("/api/v1/jobs/" + id + "/resume", "").is(202);
    assertThat(jobs.ended(id).text("state")).isEqualTo("SUCCEEDED");
    assertThat(jobs.get(id).json().path("failures").asInt()).isZero();
  }

  @Test
  void aJobThatUsesMoreMemoryThanItNeedsIsEnded() {
    String id =
        api.post(
                "/api/v1/jobs",
                "{\"dataset\":\"dozen\",\"batch\":4,\"epochs\":1,\"seed\":%d,\"needs\":{\"memory\":\"5MB\"}}"
                    .formatted(Script.IGNORE_CANCEL.ordinal()))
            .is(201)
            .text("id");

    Answer job = jobs.ended(id);

    assertThat(job.text("state")).isEqualTo("FAILED");
    assertThat(job.text("reason")).contains("more than the 5 MiB");
    assertThat(Jobs.processes()).isEmpty();
  }

  @Test
  void aRestartTakesUpWhatADeadProcessLeftRunning() throws IOException {
    workers().stop();
    String id = jobs.submit(Script.FAST);
    jdbc.sql(
            "update training.job set state = 'RUNNING', lease_until = now(), worker = :worker"
                + " where id = :id")
        .param("worker", Files.readString(home.folder().resolve("worker")))
        .param("id", id)
        .update();

    workers().start();

    assertThat(jobs.ended(id).text("state")).isEqualTo("SUCCEEDED");
    assertThat(jobs.get(id).json().path("failures").asInt()).isEqualTo(1);
  }

  private SmartLifecycle workers() {
    return context.getBean("jobWorkers", SmartLifecycle.class);
  }
}
