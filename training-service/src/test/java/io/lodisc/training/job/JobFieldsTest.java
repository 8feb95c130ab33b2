package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The fields that jobs of all types have. */
@TrainingTest
class JobFieldsTest {

  @Autowired Api api;
  @Autowired Home home;

  @BeforeEach
  void dataset() throws IOException {
    new Jobs(api, home);
  }

  @Test
  void whatIsLeftOutHasADefault() {
    JsonNode job = submit("").is(201).json();

    assertThat(job.path("type").asString()).isEqualTo("pretrain");
    assertThat(job.path("owner").asString()).isEqualTo("anonymous");
    assertThat(job.path("priority").asInt()).isZero();
    assertThat(job.path("maxAttempts").asInt()).isEqualTo(3);
    assertThat(job.path("needs").path("gpu").asBoolean()).isFalse();
    assertThat(job.path("needs").has("memory")).isFalse();
    assertThat(job.path("needs").path("labels")).isEmpty();
    assertThat(job.has("promote")).isFalse();
  }

  @Test
  void whatIsSaidIsShown() {
    JsonNode job =
        submit(
                """
                , "type": "pretrain", "priority": -100, "maxAttempts": 100,
                "needs": {"gpu": true, "memory": "16GB", "labels": ["fast", "a100"]}""")
            .is(201)
            .json();

    assertThat(job.path("priority").asInt()).isEqualTo(-100);
    assertThat(job.path("maxAttempts").asInt()).isEqualTo(100);
    assertThat(job.path("needs").path("gpu").asBoolean()).isTrue();
    assertThat(job.path("needs").path("memory").asString()).isEqualTo("16384MB");
    assertThat(job.path("needs").path("labels"))
        .extracting(JsonNode::asString)
        .containsExactly("fast", "a100");
  }

  @Test
  void theOwnerIsWhoTheHeaderSays() {
    Answer job =
        api.with("Lodisc-User", "ann@example.org")
            .post("/api/v1/jobs", "{\"dataset\":\"dozen\",\"batch\":4}");

    assertThat(job.is(201).text("owner")).isEqualTo("ann@example.org");
    assertThat(
            api.get("/api/v1/audit?subject=" + job.text("id"))
                .json()
                .path("items")
                .path(0)
                .path("who")
                .asString())
        .isEqualTo("ann@example.org");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "new\tline", "<b>"})
  void aHeaderThatHoldsNoNameIsRefused(String name) {
    api.with("Lodisc-User", name)
        .post("/api/v1/jobs", "{\"dataset\":\"dozen\",\"batch\":4}")
        .isProblem(400, "invalid-request", "Lodisc-User");
  }

  @Test
  void anUnknownTypeIsRefusedWithTheKnownOnes() {
    Answer refused = submit(", \"type\": \"distil\"");

    refused.isProblem(400, "invalid-request", "'distil'");
    assertThat(refused.text("hint")).contains("pretrain");
    submit(", \"type\": 3").isProblem(400, "invalid-request", "'type'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-101", "101", "0.5", "\"high\"", "99999999999"})
  void aPriorityThatIsNoneIsRefused(String priority) {
    submit(", \"priority\": " + priority)
        .isProblem(400, "out-of-range", "'priority'", "-100", "100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "1.5", "true"})
  void aNumberOfAttemptsThatIsNoneIsRefused(String attempts) {
    submit(", \"maxAttempts\": " + attempts)
        .isProblem(400, "out-of-range", "'maxAttempts'", "1", "100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"much", "-1GB", "0MB", "1KB", ""})
  void aMemoryThatIsNoSizeIsRefused(String memory) {
    Answer refused = submit(", \"needs\": {\"memory\": \"%s\"}".formatted(memory));

    refused.isProblem(400, "invalid-request", "'needs.memory'", "'" + memory + "'");
    assertThat(refused.text("hint")).contains("16GB");
  }

  @Test
  void needsOfTheWrongKindAreRefusedByName() {
    submit(", \"needs\": {\"cpu\": 4}").isProblem(400, "unknown-field", "'needs.cpu'");
    submit(", \"needs\": {\"gpu\": \"many\"}").isProblem(400, "invalid-request", "'needs.gpu'");
    submit(", \"needs\": {\"labels\": \"fast\"}")
        .isProblem(400, "invalid-request", "'needs.labels'");
    submit(", \"needs\": {\"labels\": [null]}").isProblem(400, "invalid-request", "'needs.labels");
    submit(", \"needs\": 3").isProblem(400, "invalid-request", "'needs'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"alias\": \"No Alias\", \"metric\": \"m\", \"atLeast\": 1} | promote.alias",
        "{\"metric\": \"m\", \"atLeast\": 1} | promote.alias",
        "{\"alias\": \"a\", \"atLeast\": 1} | promote.metric",
        "{\"alias\": \"a\", \"metric\": \" \", \"atLeast\": 1} | promote.metric",
        "{\"alias\": \"a\", \"metric\": \"m\"} | one gate",
        "{\"alias\": \"a\", \"metric\": \"m\", \"atLeast\": 1, \"notBelow\": \"current\"} | one gate",
        "{\"alias\": \"a\", \"metric\": \"m\", \"notBelow\": \"best\"} | 'current'",
        "{\"alias\": \"a\", \"metric\": \"m\", \"atLeast\": \"x\"} | promote.atLeast",
        "\"production\" | 'promote'"
      })
  void aPromotionWithoutAliasMetricOrOneGateIsRefused(String promote, String named) {
    submit(", \"promote\": " + promote).isProblem(400, "invalid-request", named);
  }

  @Test
  void anUnknownFieldOfAPromotionIsRefused() {
    submit(", \"promote\": {\"alias\": \"a\", \"metric\": \"m\", \"atleast\": 1}")
        .isProblem(400, "unknown-field", "'promote.atleast'");
  }

  private Answer submit(String more) {
    return api.post("/api/v1/jobs", "{\"dataset\":\"dozen\",\"batch\":4" + more + "}");
  }
}
