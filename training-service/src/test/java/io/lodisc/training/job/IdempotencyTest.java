package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@TrainingTest
class IdempotencyTest {

  private static final String ORDER =
      "{\"dataset\":\"dozen\",\"batch\":4,\"epochs\":2,\"views\":{\"flip\":0.5,\"hue\":0.1}}";

  @Autowired Api api;
  @Autowired Home home;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void dataset() throws IOException {
    new Jobs(api, home);
  }

  @Test
  void theSameKeyAndBodyGiveTheSameJob() {
    Answer first = submit("same", ORDER).is(201);
    Answer again = submit("same", ORDER).is(200);
    Answer reordered =
        submit(
                "same",
                """
                {"views": {"hue": 0.1, "flip": 0.5}, "epochs": 2, "batch": 4, "dataset": "dozen"}
                """)
            .is(200);

    assertThat(again.json()).isEqualTo(first.json());
    assertThat(reordered.json()).isEqualTo(first.json());
    assertThat(again.headers().getLocation()).isEqualTo(first.headers().getLocation());
    assertThat(jobsOf("same")).isEqualTo(1);
  }

  @Test
  void theSameKeyWithAnotherBodyIsRefused() {
    String job = submit("other", ORDER).is(201).text("id");

    submit("other", ORDER.replace("0.1", "0.2"))
        .isProblem(409, "idempotency-key-reused", "'other'", job);

    assertThat(jobsOf("other")).isEqualTo(1);
  }

  @Test
  void theJobIsFoundAgainWhateverHasBecomeOfIt() {
    String job = submit("ended", ORDER).is(201).text("id");
    api.post("/api/v1/jobs/" + job + "/cancel", "").is(202);

    Answer again = submit("ended", ORDER).is(200);

    assertThat(again.text("id")).isEqualTo(job);
    assertThat(again.text("state")).isEqualTo("CANCELLED");
  }

  @Test
  void twoOwnersMayUseTheSameKey() {
    Api ann = api.with("Lodisc-User", "ann").with("Idempotency-Key", "shared");
    Api bob = api.with("Lodisc-User", "bob").with("Idempotency-Key", "shared");

    String anns = ann.post("/api/v1/jobs", ORDER).is(201).text("id");
    String bobs = bob.post("/api/v1/jobs", ORDER).is(201).text("id");

    assertThat(anns).isNotEqualTo(bobs);
    assertThat(ann.post("/api/v1/jobs", ORDER).is(200).text("id")).isEqualTo(anns);
    assertThat(bob.post("/api/v1/jobs", ORDER).is(200).text("id")).isEqualTo(bobs);
  }

  @Test
  void withoutAKeyEachRequestMakesAJob() {
    assertThat(api.post("/api/v1/jobs", ORDER).is(201).text("id"))
        .isNotEqualTo(api.post("/api/v1/jobs", ORDER).is(201).text("id"));
  }

  @Test
  void aKeyOfARefusedRequestIsFree() {
    submit("refused", "{\"dataset\":\"none\"}").isProblem(404, "not-found");

    submit("refused", ORDER).is(201);
  }

  @Test
  void aKeyThatIsNoneIsRefused() {
    submit(" ", ORDER).isProblem(400, "invalid-request", "Idempotency-Key", "200");
    submit("k".repeat(201), ORDER).isProblem(400, "invalid-request", "Idempotency-Key", "200");
    submit("k".repeat(200), ORDER).is(201);
  }

  @Test
  void twentyRequestsAtOnceWithOneKeyMakeOneJob() throws Exception {
    List<Answer> answers = new ArrayList<>();
    try (ExecutorService users = Executors.newFixedThreadPool(20)) {
      List<Callable<Answer>> requests = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        requests.add(() -> submit("at-once", ORDER));
      }
      for (Future<Answer> answer : users.invokeAll(requests)) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).extracting(answer -> answer.text("id")).containsOnly(id(answers));
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(19);
    assertThat(jobsOf("at-once")).isEqualTo(1);
  }

  private static String id(List<Answer> answers) {
    String id = answers.getFirst().text("id");
    assertThat(id).isNotBlank();
    return id;
  }

  private Answer submit(String key, String order) {
    return api.with("Idempotency-Key", key).post("/api/v1/jobs", order);
  }

  private long jobsOf(String key) {
    return jdbc.sql("select count(*) from training.job where idempotency_key = :key")
        .param("key", key)
        .query(Long.class)
        .single();
  }
}
