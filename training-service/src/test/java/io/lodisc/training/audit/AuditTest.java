package io.lodisc.training.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Checkpointed;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@TrainingTest
class AuditTest {

  @Autowired Api api;
  @Autowired Home home;
  @Autowired Audit audit;
  @Autowired CheckpointRegistry checkpoints;

  @Test
  void aPromotionIsToldWithItsUserAndWhatTheModelMeantBefore() throws IOException {
    checkpoint("first");
    checkpoint("second");

    promote("ann", "first");
    promote("bob", "second");
    promote("bob", "second");

    JsonNode rows = api.get("/api/v1/audit?subject=told").is(200).json().path("items");
    assertThat(rows)
        .extracting(row -> row.path("who").asString() + ": " + row.path("why").asString())
        .containsExactly(
            "bob: from second to second", "bob: from first to second", "ann: to first");
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.path("what").asString()).isEqualTo("model.promote");
              assertThat(row.path("at").asString()).isNotBlank();
            });
  }

  @Test
  void aPromotionThatFailsIsNotTold() {
    api.put("/api/v1/models/untold", "{\"checkpoint\":\"none\"}").isProblem(404, "not-found");

    assertThat(api.get("/api/v1/audit?subject=untold").is(200).json().path("items")).isEmpty();
  }

  @Test
  void isReadPageByPageTheNewestFirst() {
    for (int i = 1; i <= 5; i++) {
      audit.put("ann", "test.step", "pages", "step " + i);
    }
    List<String> read = new ArrayList<>();
    JsonNode page = api.get("/api/v1/audit?subject=pages&limit=2").is(200).json();
    for (; page.has("next"); page = next(page)) {
      assertThat(page.path("items")).hasSize(2);
      page.path("items").forEach(row -> read.add(row.path("why").asString()));
      audit.put("ann", "test.step", "pages", "later");
    }
    page.path("items").forEach(row -> read.add(row.path("why").asString()));

    assertThat(read)
        .containsExactlyElementsOf(IntStream.of(5, 4, 3, 2, 1).mapToObj(i -> "step " + i).toList());
  }

  @Test
  void withoutASubjectAllRowsAreRead() {
    audit.put("ann", "test.step", "one", null);
    audit.put("ann", "test.step", "two", null);

    assertThat(api.get("/api/v1/audit?limit=2").is(200).json().path("items"))
        .extracting(row -> row.path("subject").asString())
        .containsExactly("two", "one");
  }

  @Test
  void refusesBadPages() {
    api.get("/api/v1/audit?limit=0").isProblem(400, "out-of-range", "'limit'", "1000");
    api.get("/api/v1/audit?limit=1001").isProblem(400, "out-of-range", "'limit'");
    api.get("/api/v1/audit?limit=few").isProblem(400, "invalid-request");
    api.get("/api/v1/audit?cursor=x").isProblem(400, "invalid-request", "'x'");
  }

  private JsonNode next(JsonNode page) {
    return api.get("/api/v1/audit?subject=pages&limit=2&cursor=" + page.path("next").asString())
        .is(200)
        .json();
  }

  private void promote(String user, String checkpoint) {
    api.with("Lodisc-User", user)
        .put("/api/v1/models/told", "{\"checkpoint\":\"%s\"}".formatted(checkpoint))
        .is(200);
  }

  private void checkpoint(String id) throws IOException {
    Path folder = home.folder().resolve("blobs/checkpoints").resolve(id).resolve("step-00000001");
    checkpoints.register(id, folder, Checkpointed.write(folder, id, 1));
  }
}
