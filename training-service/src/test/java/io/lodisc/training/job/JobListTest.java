package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import io.lodisc.web.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@TrainingTest
class JobListTest {

  @Autowired Api api;
  @Autowired Home home;
  private final String owner = "list-" + UUID.randomUUID();
  private final Random random = new Random(7);

  /** Id to priority, the oldest first. */
  private final Map<String, Integer> submitted = new LinkedHashMap<>();

  @BeforeEach
  void dataset() throws IOException {
    new Jobs(api, home);
  }

  @ParameterizedTest
  @ValueSource(strings = {"newest", "oldest", "priority"})
  void pagesHaveEveryJobOnceInOrderThoughJobsAreAdded(String sort) {
    submit(12);
    List<String> before = new ArrayList<>(submitted.keySet());
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      JsonNode page =
          list("&limit=4&sort=" + sort + (cursor == null ? "" : "&cursor=" + cursor))
              .is(200)
              .json();
      assertThat(page.path("items").size()).isBetween(1, 4);
      page.path("items").forEach(job -> seen.add(job.path("id").asString()));
      cursor = page.path("next").asString(null);
      submit(seen.size() < 16 ? 2 : 0);
    } while (cursor != null);

    assertThat(seen).doesNotHaveDuplicates().containsAll(before);
    assertThat(seen).isEqualTo(ordered(sort).stream().filter(seen::contains).toList());
    if (sort.equals("newest")) {
      assertThat(seen).hasSize(12);
    }
  }

  @Test
  void aPageThatEndsWithTheLastJobHasNoNext() {
    submit(4);

    assertThat(list("&limit=4").is(200).json().has("next")).isFalse();
    assertThat(list("&limit=3").is(200).json().has("next")).isTrue();
    assertThat(list("").is(200).json().path("items")).hasSize(4);
  }

  @Test
  void filtersByStateTypeAndDataset() {
    submit(4);
    List<String> ids = new ArrayList<>(submitted.keySet());
    api.post("/api/v1/jobs/" + ids.get(0) + "/cancel", "").is(202);
    api.post("/api/v1/jobs/" + ids.get(1) + "/pause", "").is(202);

    assertThat(ids("&state=CANCELLED")).containsExactly(ids.get(0));
    assertThat(ids("&state=cancelled,PAUSED")).containsExactly(ids.get(1), ids.get(0));
    assertThat(ids("&state=CANCELLED&state=PAUSED")).containsExactly(ids.get(1), ids.get(0));
    assertThat(ids("&state=RUNNING")).isEmpty();
    assertThat(ids("&type=pretrain&dataset=dozen")).hasSize(4);
    assertThat(ids("&type=other")).isEmpty();
    assertThat(ids("&dataset=other")).isEmpty();
    assertThat(ids("&dataset=other,dozen&state=QUEUED")).containsExactly(ids.get(3), ids.get(2));
    api.get("/api/v1/jobs?owner=nobody").is(200);
    assertThat(api.get("/api/v1/jobs?owner=nobody").json().path("items")).isEmpty();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    submit(2);
    list("&stat=QUEUED").isProblem(400, "unknown-field", "'stat'");
    list("&state=WAITING").isProblem(400, "invalid-request", "'WAITING'");
    assertThat(list("&state=WAITING").text("hint")).contains("QUEUED", "SUCCEEDED");
    list("&sort=oldst").isProblem(400, "invalid-request", "'oldst'");
    assertThat(list("&sort=oldst").text("hint")).contains("newest, oldest, priority");
    list("&limit=0").isProblem(400, "out-of-range", "limit", "500");
    list("&limit=501").isProblem(400, "out-of-range", "limit", "500");
    list("&limit=many").isProblem(400, "out-of-range", "limit", "many");
    list("&cursor=x").isProblem(400, "invalid-request", "cursor");
    String next = list("&limit=1&sort=oldest").text("next");
    list("&cursor=" + next).isProblem(400, "invalid-request", "cursor", "newest");
    list("&sort=oldest&cursor=" + next).is(200);
  }

  private List<String> ordered(String sort) {
    List<String> ids = new ArrayList<>(submitted.keySet());
    return switch (sort) {
      case "newest" -> ids.reversed();
      case "priority" ->
          ids.stream()
              .sorted(Comparator.comparing(submitted::get, Comparator.reverseOrder()))
              .collect(Collectors.toList());
      default -> ids;
    };
  }

  private void submit(int count) {
    for (int i = 0; i < count; i++) {
      int priority = random.nextInt(4);
      String job = "{\"dataset\":\"dozen\",\"batch\":4,\"priority\":%d}".formatted(priority);
      String id =
          api.post("/api/v1/jobs", job, headers -> headers.set(User.HEADER, owner))
              .is(201)
              .text("id");
      submitted.put(id, priority);
    }
  }

  private List<String> ids(String query) {
    List<String> ids = new ArrayList<>();
    list(query).is(200).json().path("items").forEach(job -> ids.add(job.path("id").asString()));
    return ids;
  }

  private Answer list(String query) {
    return api.get("/api/v1/jobs?owner=" + owner + query);
  }
}
