package io.lodisc.training.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodisc.training.child.Progress;
import io.lodisc.training.pretrain.Fault;
import io.lodisc.training.support.TrainingTest;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@TrainingTest
class JobQueueTest {

  private static final QueuePolicy POLICY =
      new QueuePolicy(Duration.ofSeconds(60), Duration.ofSeconds(5), 0);

  @Autowired JdbcClient jdbc;
  @Autowired DataSource database;
  private JobQueue queue;
  private QueuedJobs jobs;

  @BeforeEach
  void emptyQueue() {
    jdbc.sql("delete from training.job").update();
    queue = new JobQueue(database, POLICY);
    jobs = new QueuedJobs(jdbc);
  }

  @Test
  void givesTheMostUrgentThenTheLongestWaitingFirst() {
    List<String> submitted = jobs.submit(3);
    String urgent = jobs.submit("priority", "5");
    queue.cancel(submitted.get(1), "me");

    assertThat(claim("a")).map(Claim::job).contains(urgent);
    assertThat(claim("b")).map(Claim::job).contains(submitted.get(0));
    assertThat(claim("a")).map(Claim::job).contains(submitted.get(2));
    assertThat(claim("a")).isEmpty();
  }

  @Test
  void givesAWorkerOnlyWhatItCanRun() {
    jobs.submit("needs_gpu", "true");
    jobs.submit("needs_memory", "2000");
    jobs.submit("needs_labels", "array['a100', 'fast']");
    jobs.submit("type", "'other'");

    List<String> types = List.of("pretrain");
    assertThat(queue.claim(new Worker("w", types, false, 1000, List.of("fast")))).isEmpty();
    assertThat(queue.claim(new Worker("w", types, true, 1000, List.of("fast")))).isPresent();
    assertThat(queue.claim(new Worker("w", types, false, 2000, List.of("fast")))).isPresent();
    assertThat(queue.claim(new Worker("w", types, false, 1, List.of("fast", "a100")))).isPresent();
    assertThat(queue.claim(new Worker("w", List.of("other"), false, 1, List.of()))).isPresent();
  }

  @Test
  void neverGivesAJobTwice() throws Exception {
    List<String> submitted = jobs.submit(200);
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
  void runsNoMoreOfAnOwnersJobsThanItsQuota() {
    JobQueue strict =
        new JobQueue(database, new QueuePolicy(Duration.ofMinutes(1), Duration.ZERO, 2));
    for (int i = 0; i < 3; i++) {
      jobs.submit("owner", "'ann'");
    }
    String bobs = jobs.submit("owner", "'bob'");

    assertThat(strict.claim(worker("w"))).isPresent();
    Claim anns = strict.claim(worker("w")).orElseThrow();
    assertThat(strict.claim(worker("w"))).map(Claim::job).contains(bobs);
    assertThat(strict.claim(worker("w"))).isEmpty();
    strict.end(anns, Outcome.SUCCEEDED);
    assertThat(strict.claim(worker("w"))).isPresent();
  }

  @Test
  void hearsTheHolderOfTheFenceOnly() {
    String id = jobs.submit(1).getFirst();
    Claim mine = claim("mine").orElseThrow();
    Claim stale = new Claim(id, mine.type(), "mine", mine.fence() - 1, null);
    Progress progress = new Progress(1, 2, 3L, 4L, 0.5, 6.0, 7L, 0.25, 1);

    assertThat(queue.renew(stale, progress)).isEqualTo(Answer.LOST);
    assertThat(queue.newest(stale, "x")).isFalse();
    assertThat(queue.evaluated(stale, "{}")).isFalse();
    assertThat(queue.tell(stale, "log", "{}")).isFalse();
    assertThat(queue.end(stale, Outcome.SUCCEEDED)).isFalse();
    assertThat(queue.end(stale, Outcome.broken("why", Fault.OTHER))).isFalse();
    assertThat(jobs.text(id, "step")).isEqualTo("0");
    assertThat(jobs.state(id)).isEqualTo(JobState.RUNNING);

    assertThat(queue.renew(mine, progress)).isEqualTo(Answer.GO_ON);
    assertThat(jobs.text(id, "step")).isEqualTo("3");
    assertThat(queue.end(mine, Outcome.failed("why", Fault.OTHER))).isTrue();
    assertThat(jobs.state(id)).isEqualTo(JobState.FAILED);
    assertThat(queue.renew(mine, progress)).isEqualTo(Answer.LOST);
  }

  @Test
  void tellsTheWorkerWhatUsersAsk() {
    String id = jobs.submit(1).getFirst();
    Claim claim = claim("w").orElseThrow();

    assertThat(queue.pause(id, "ann")).isTrue();
    assertThat(queue.renew(claim, Progress.NONE)).isEqualTo(Answer.PAUSE);
    assertThat(queue.cancel(id, "bob")).isTrue();
    assertThat(queue.renew(claim, Progress.NONE)).isEqualTo(Answer.CANCEL);
    assertThat(queue.end(claim, Outcome.CANCELLED)).isTrue();

    assertThat(queue.cancel(id, "bob")).isFalse();
    assertThat(jobs.audit(id))
        .containsExactly(
            "anonymous job.submit",
            "worker w job.claim",
            "ann job.ask-to-pause",
            "bob job.ask-to-cancel",
            "worker w job.stop");
  }

  @Test
  void aJobWhoseLeaseRanOutIsTriedAgainLaterUntilNoAttemptRemains() {
    String id = jobs.submit("max_attempts", "2");
    Claim first = claim("first").orElseThrow();
    assertThat(queue.reap()).isZero();
    jobs.set(id, "lease_until = now() - interval '1 second'");

    assertThat(queue.reap()).isEqualTo(1);

    assertThat(jobs.state(id)).isEqualTo(JobState.QUEUED);
    assertThat(jobs.text(id, "reason")).contains("60 seconds");
    assertThat(queue.renew(first, Progress.NONE)).isEqualTo(Answer.LOST);
    assertThat(claim("second")).as("it waits").isEmpty();
    jobs.set(id, "not_before = now()");
    Claim second = claim("second").orElseThrow();
    assertThat(second.fence()).isGreaterThan(first.fence());
    jobs.set(id, "lease_until = now() - interval '1 second'");
    queue.reap();
    assertThat(jobs.state(id)).isEqualTo(JobState.FAILED);
    assertThat(jobs.audit(id)).last().asString().endsWith("job.give_up");
  }

  @Test
  void aJobThatGetsAheadHasAllItsAttemptsAgain() {
    String id = jobs.submit("max_attempts", "2");
    for (int i = 1; i <= 4; i++) {
      jobs.set(id, "not_before = now()");
      queue.newest(claim("w").orElseThrow(), checkpoint("checkpoint-" + i));
      jobs.set(id, "lease_until = now() - interval '1 second'");
      queue.reap();
      assertThat(jobs.state(id)).isEqualTo(JobState.QUEUED);
    }
    jobs.set(id, "not_before = now()");
    queue.newest(claim("w").orElseThrow(), "checkpoint-4");
    jobs.set(id, "lease_until = now() - interval '1 second'");
    queue.reap();
    assertThat(jobs.state(id)).as("no further than before").isEqualTo(JobState.FAILED);
    jdbc.sql("delete from training.job").update();
    jdbc.sql("delete from training.checkpoint where id like 'checkpoint-%'").update();
  }

  @Test
  @Timeout(30)
  void aJobWhoseWorkerHangsInMidTransactionHoldsUpNoOther() throws Exception {
    List<String> held = jobs.submit(2);
    claim("hung");
    claim("dead");
    jdbc.sql("update training.job set lease_until = now() - interval '1 second'").update();
    try (Connection hung = database.getConnection();
        Statement statement = hung.createStatement()) {
      hung.setAutoCommit(false);
      statement.execute("set idle_in_transaction_session_timeout = '2s'");
      statement.execute(
          "select 1 from training.job where id = '%s' for update".formatted(held.get(0)));

      assertThat(queue.reap()).as("but the locked one").isEqualTo(1);
      while (queue.reap() == 0) {
        Thread.sleep(100);
      }
      assertThatThrownBy(() -> statement.execute("select 1")).hasMessageContaining("idle");
    }
  }

  @Test
  void theRequestsToARunningJobOutliveItsWorker() {
    List<String> ids = jobs.submit(2);
    claim("w");
    claim("w");
    queue.pause(ids.get(0), "ann");
    queue.cancel(ids.get(1), "ann");

    assertThat(queue.reclaim("other")).isZero();
    assertThat(queue.reclaim("w")).isEqualTo(2);

    assertThat(jobs.state(ids.get(0))).isEqualTo(JobState.PAUSED);
    assertThat(jobs.state(ids.get(1))).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void aReleasedJobGoesOnElsewhereAtNoCost() {
    String id = jobs.submit(1).getFirst();
    Claim claim = claim("w").orElseThrow();

    assertThat(queue.end(claim, Outcome.RELEASED)).isTrue();

    assertThat(jobs.text(id, "failures")).isEqualTo("0");
    assertThat(claim("other")).map(Claim::job).contains(id);
  }

  @Test
  void aResumedJobIsNoLongerThatOfTheWorkerThatLostIt() {
    String id = jobs.submit("max_attempts", "1");
    Claim lost = claim("same").orElseThrow();
    assertThat(queue.resume(id, "ann")).isFalse();
    queue.reclaim("same");
    assertThat(jobs.state(id)).isEqualTo(JobState.FAILED);

    assertThat(queue.resume(id, "ann")).isTrue();
    assertThat(queue.resume(id, "ann")).isFalse();
    Claim taken = claim("same").orElseThrow();

    assertThat(queue.end(lost, Outcome.SUCCEEDED)).isFalse();
    assertThat(queue.renew(taken, Progress.NONE)).isEqualTo(Answer.GO_ON);
    assertThat(queue.end(taken, Outcome.SUCCEEDED)).isTrue();
    assertThat(queue.resume(id, "ann")).isFalse();
  }

  @Test
  void eventsAreNumberedWithoutGapsInTheOrderTheyCanBeSeen() throws Exception {
    String id = jobs.submit(1).getFirst();
    Claim claim = claim("w").orElseThrow();
    try (ExecutorService tellers = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        all.add(tellers.submit(() -> queue.tell(claim, "log", "{}")));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }

    assertThat(
            jdbc.sql("select seq from training.job_event where job = :id order by seq")
                .param("id", id)
                .query(Long.class)
                .list())
        .hasSize(102)
        .first()
        .isEqualTo(1L);
    assertThat(jobs.text(id, "events")).isEqualTo("102");
  }

  private List<String> claimAll(String worker) {
    List<String> mine = new ArrayList<>();
    for (Optional<Claim> next = claim(worker); next.isPresent(); next = claim(worker)) {
      mine.add(next.get().job());
    }
    return mine;
  }

  private String checkpoint(String id) {
    jdbc.sql(
            "insert into training.checkpoint (id, folder, manifest, created_at)"
                + " values (?, ?, '{}', now())")
        .params(id, id)
        .update();
    return id;
  }

  private Optional<Claim> claim(String name) {
    return queue.claim(worker(name));
  }

  private static Worker worker(String name) {
    return new Worker(name, List.of("pretrain"), false, 1000, List.of());
  }
}
