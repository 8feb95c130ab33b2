package io.lodisc.retrieval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lodisc.retrieval.support.Api.Answer;
import io.lodisc.retrieval.support.Pictures;
import io.lodisc.retrieval.support.ServiceTest;
import io.lodisc.retrieval.support.Surroundings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Colours lie on a circle from red (0 degrees) over yellow (45) to green (90). */
class EvaluationTest extends ServiceTest {

  @Test
  void measuresWhatCanBeReckonedByHand() {
    String collection = api.collection("by-hand");
    add(collection, "a-red", Pictures.RED);
    add(collection, "a-orange", Pictures.ORANGE);
    add(collection, "b-yellow", Pictures.YELLOW);
    add(collection, "b-green", Pictures.png(10, 255, 0));
    add(collection, "c-blue", Pictures.BLUE);
    api.form(collection + "/items", Map.of("image", Pictures.png(255, 20, 0), "id", "unknown"));

    // First of their label: orange 2nd for red, red 3rd for orange, green 3rd for yellow, 1st back.
    Answer answer = evaluate(collection, Map.of("k", List.of(3, 1, 2)));

    assertThat(answer.json().at("/rank").propertyNames()).containsExactly("1", "2", "3");
    assertNumber(answer, "/rank/1", 1.0 / 4);
    assertNumber(answer, "/rank/2", 2.0 / 4);
    assertNumber(answer, "/rank/3", 1);
    assertNumber(answer, "/mAP", (1.0 / 2 + 1.0 / 3 + 1.0 / 3 + 1) / 4);
    assertNumber(answer, "/queries", 4);
    assertNumber(answer, "/gallery", 6);
    assertNumber(answer, "/queriesWithoutRelevant", 1);
    assertNumber(answer, "/unlabelled", 1);
    assertThat(answer.at("/model/checkpoint")).isEqualTo("first");
    assertThat(evaluate(collection, Map.of()).json().at("/rank").propertyNames())
        .containsExactly("1", "5", "10");
  }

  @Test
  void acrossGroupsLeavesTheQuerysGroupOut() {
    String collection = grouped("grouped");
    Answer all = evaluate(collection, Map.of("k", List.of(1)));
    assertNumber(all, "/rank/1", 2.0 / 3);
    assertNumber(all, "/mAP", (5.0 / 6 + 5.0 / 6 + 7.0 / 12) / 3);

    Answer across = evaluate(collection, Map.of("k", List.of(1), "acrossGroups", true));
    assertNumber(across, "/rank/1", 1.0 / 3);
    assertNumber(across, "/mAP", (1.0 / 2 + 1.0 / 2 + 1) / 3);
  }

  @Test
  void takesQueriesFromAnotherCollection() {
    String gallery = grouped("gallery");
    String queries = api.collection("queries");
    grouped(queries, "red", "a", "x", Pictures.RED);
    grouped(queries, "new", "a", "x", Pictures.ORANGE);

    Answer answer = evaluate(gallery, Map.of("k", List.of(1), "queries", "queries"));

    assertNumber(answer, "/rank/1", 1.0 / 2);
    assertNumber(answer, "/mAP", (5.0 / 6 + 23.0 / 36) / 2);
    assertNumber(answer, "/queries", 2);
    assertNumber(answer, "/gallery", 4);
  }

  @Test
  void refusesWhatCannotBeMeasured() {
    String collection = api.collection("unmeasured");
    assertRefused(evaluate(collection, Map.of()), 422, "nothing-to-evaluate");
    add(collection, "a-x", Pictures.RED);
    assertRefused(evaluate(collection, Map.of()), 422, "nothing-to-evaluate");
    assertRefused(evaluate(collection, Map.of("k", List.of(0))), 400, "out-of-range");
    assertRefused(evaluate(collection, Map.of("k", List.of())), 400, "out-of-range");
    assertRefused(evaluate(collection, Map.of("k", "x")), 400, "invalid-request");
    assertRefused(evaluate(collection, Map.of("ks", List.of(1))), 400, "unknown-field");
    assertRefused(evaluate(collection, Map.of("queries", "nowhere")), 404, "not-found");
    assertRefused(evaluate("/api/v1/collections/nowhere", Map.of()), 404, "not-found");
    Map<String, Object> hole = new HashMap<>();
    hole.put("k", Arrays.asList(1, null));
    assertRefused(evaluate(collection, hole), 400, "out-of-range");
  }

  @Test
  void refusesQueriesOfAnotherCheckpoint() {
    Surroundings.INFERENCE.promote("other", "second");
    api.post("/api/v1/collections", Map.of("name", "second-model", "model", "other"));
    add("/api/v1/collections/second-model", "a-x", Pictures.RED);
    String collection = grouped("first-model");
    assertRefused(evaluate(collection, Map.of("queries", "second-model")), 409, "wrong-model");
  }

  private String grouped(String name) {
    String collection = api.collection(name);
    grouped(collection, "red", "a", "x", Pictures.RED);
    grouped(collection, "red2", "a", "x", Pictures.png(255, 5, 0));
    grouped(collection, "orange", "b", "y", Pictures.ORANGE);
    grouped(collection, "yellow", "a", "y", Pictures.YELLOW);
    return collection;
  }

  private void grouped(String collection, String id, String label, String group, byte[] picture) {
    Map<String, Object> form = Map.of("image", picture, "id", id, "label", label, "group", group);
    assertThat(api.form(collection + "/items", form).status()).isEqualTo(201);
  }

  private Answer evaluate(String collection, Map<String, ?> request) {
    return api.post(collection + "/evaluations", request);
  }

  private static void assertNumber(Answer answer, String pointer, double expected) {
    assertThat(answer.json().at(pointer).isNumber()).as(pointer + " of " + answer.json()).isTrue();
    assertThat(answer.json().at(pointer).asDouble()).isCloseTo(expected, within(1e-9));
  }
}
