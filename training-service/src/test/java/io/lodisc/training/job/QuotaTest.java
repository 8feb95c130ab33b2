package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.JobQueue;
import io.lodisc.training.queue.Outcome;
import io.lodisc.training.queue.Worker;
import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@TrainingTest(
    properties = {
      "lodisc.training.workers=0",
      "lodisc.training.queue.queued-per-owner=3",
      "lodisc.training.queue.running-per-owner=1"
    })
class QuotaTest {

  private static final Worker WORKER = new Worker("w", List.of("pretrain"), false, 1, List.of());

  @Autowired Api api;
  @Autowired Home home;
  @Autowired JobQueue queue;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void emptyQueue() throws IOException {
    new Jobs(api, home);
    jdbc.sql("delete from training.job").update();
  }

  @Test
  void anOwnerWhoseJobsWaitEnoughMustWaitToo() {
    String first = submit("ann").is(201).text("id");
    submit("ann").is(201);
    submit("ann").is(201);

    Answer refused = submit("ann");

    refused.isProblem(429, "quota-exceeded", "3 jobs", "'ann'");
    submit("bob").is(201);
    api.post("/api/v1/jobs/" + first + "/cancel", "").is(202);
    submit("ann").is(201);
    submit("ann").isProblem(429, "quota-exceeded");
  }

  @Test
  void aRepeatedRequestIsAnsweredThoughTheQuotaIsUsedUp() {
    Api ann = api.with("Lodisc-User", "ann").with("Idempotency-Key", "mine");
    String id = ann.post("/api/v1/jobs", order()).is(201).text("id");
    submit("ann").is(201);
    submit("ann").is(201);

    assertThat(ann.post("/api/v1/jobs", order()).is(200).text("id")).isEqualTo(id);
  }

  @Test
  void twentyRequestsAtOnceTakeNoMoreThanTheQuota() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService users = Executors.newFixedThreadPool(20)) {
      List<Callable<Answer>> requests = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        requests.add(() -> submit("ann"));
      }
      for (Future<Answer> answer : users.invokeAll(requests)) {
        statuses.add(answer.get().status());
      }
    }

    assertThat(statuses).filteredOn(status -> status == 201).hasSize(3);
    assertThat(statuses).filteredOn(status -> status == 429).hasSize(17);
  }

  @Test
  void theNextJobOfAnOwnerRunsWhenTheLastHasEnded() {
    submit("ann");
    submit("ann");
    String bobs = submit("bob").text("id");

    Claim anns = queue.claim(WORKER).orElseThrow();

    assertThat(queue.claim(WORKER)).map(Claim::job).contains(bobs);
    assertThat(queue.claim(WORKER)).isEmpty();
    queue.end(anns, Outcome.SUCCEEDED);
    assertThat(queue.claim(WORKER)).isPresent();
  }

  @Test
  void workersThatClaimAtOnceRunNoMoreThanTheQuota() throws Exception {
    for (int round = 0; round < 20; round++) {
      jdbc.sql("delete from training.job").update();
      submit("ann");
      submit("ann");
      submit("ann");
      List<Optional<Claim>> claims = new ArrayList<>();
      try (ExecutorService workers = Executors.newFixedThreadPool(3)) {
        Callable<Optional<Claim>> claim = () -> queue.claim(WORKER);
        for (Future<Optional<Claim>> one : workers.invokeAll(List.of(claim, claim, claim))) {
          claims.add(one.get());
        }
      }
      assertThat(claims).as("round %d", round).filteredOn(Optional::isPresent).hasSize(1);
    }
  }

  private Answer submit(String owner) {
    return api.with("Lodisc-User", owner).post("/api/v1/jobs", order());
  }

  private static String order() {
    return "{\"dataset\":\"dozen\",\"batch\":4}";
  }
}
