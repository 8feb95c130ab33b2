package io.lodisc.retrieval.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lodisc.retrieval.support.Api.Answer;
import io.lodisc.retrieval.support.FakeInference;
import io.lodisc.retrieval.support.Pictures;
import io.lodisc.retrieval.support.ServiceTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest extends ServiceTest {

  private String colours(String name) {
    String collection = api.collection(name);
    add(collection, "red-x", Pictures.RED);
    add(collection, "orange-x", Pictures.ORANGE);
    add(collection, "yellow-y", Pictures.YELLOW);
    add(collection, "green-y", Pictures.GREEN);
    add(collection, "blue-y", Pictures.BLUE);
    return collection;
  }

  @Test
  void byItemRanksByCosineAndLeavesTheItemOut() {
    String collection = colours("by-item");
    Answer answer = api.post(collection + "/search", Map.of("item", "red-x"));
    assertThat(ids(answer)).containsExactly("orange-x", "yellow-y", "blue-y", "green-y");
    List<Double> scores =
        answer.json().at("/results").values().stream().map(r -> r.at("/score").asDouble()).toList();
    assertThat(scores.get(0)).isCloseTo(255 / Math.hypot(255, 128), within(1e-5));
    assertThat(scores.get(1)).isCloseTo(Math.sqrt(0.5), within(1e-5));
    assertThat(scores.get(2)).isZero();
    assertThat(answer.at("/model/alias")).isEqualTo("production");
    assertThat(answer.at("/model/checkpoint")).isEqualTo("first");
    assertThat(answer.json().at("/k").asInt()).isEqualTo(10);
    assertThat(answer.json().at("/results/0/rank").asInt()).isEqualTo(1);
    assertThat(api.get(answer.at("/results/0/picture")).bytes()).isEqualTo(Pictures.ORANGE);

    Answer self =
        api.post(collection + "/search", Map.of("item", "red-x", "k", 1, "includeSelf", true));
    assertThat(ids(self)).containsExactly("red-x");
  }

  @Test
  void byPictureLeavesTheSamePictureOutUnlessTold() {
    String collection = colours("by-picture");
    Answer own = api.form(collection + "/search", Map.of("image", Pictures.RED, "k", 1));
    assertThat(ids(own)).containsExactly("orange-x");
    Answer self =
        api.form(
            collection + "/search", Map.of("image", Pictures.RED, "k", 2, "includeSelf", "true"));
    assertThat(ids(self)).containsExactly("red-x", "orange-x");
    Answer other =
        api.form(collection + "/search", Map.of("image", Pictures.png(250, 5, 0), "k", 1));
    assertThat(ids(other)).containsExactly("red-x");
  }

  @Test
  void byVectorNeedsNoPicture() {
    String collection = colours("by-vector");
    double[] blue = IntStream.range(0, 48).mapToDouble(i -> i % 3 == 2 ? 7.5 : 0).toArray();
    Answer answer = api.post(collection + "/search", Map.of("vector", blue, "k", 2));
    assertThat(ids(answer)).containsExactly("blue-y", "green-y");
    assertThat(answer.json().at("/results/0/score").asDouble()).isCloseTo(1, within(1e-6));
  }

  @Test
  void filtersByLabelGroupAndMetadata() {
    String collection = colours("filters");
    api.form(
        collection + "/items",
        Map.of(
            "image", Pictures.png(9, 9, 200), "id", "b2", "metadata", "{\"a\":\"1\",\"b\":\"2\"}"));
    assertThat(ids(filtered(collection, Map.of("label", "green")))).containsExactly("green-y");
    assertThat(ids(filtered(collection, Map.of("group", "y"))))
        .containsExactly("yellow-y", "blue-y", "green-y");
    assertThat(ids(filtered(collection, Map.of("metadata", Map.of("b", "2")))))
        .containsExactly("b2");
    assertThat(ids(filtered(collection, Map.of("metadata", Map.of("b", "2", "a", "2"))))).isEmpty();
    assertThat(ids(filtered(collection, Map.of("label", "nothing")))).isEmpty();

    Answer form =
        api.form(
            collection + "/search",
            Map.of("image", Pictures.RED, "metadata", "{\"a\":\"1\"}", "k", "3"));
    assertThat(ids(form)).containsExactly("b2");
    Answer label = api.form(collection + "/search", Map.of("image", Pictures.RED, "label", "blue"));
    assertThat(ids(label)).containsExactly("blue-y");
  }

  @Test
  void followsWhatIsAddedAndRemoved() {
    String collection = colours("following");
    assertThat(ids(api.post(collection + "/search", Map.of("item", "red-x")))).hasSize(4);
    add(collection, "scarlet-x", Pictures.png(255, 10, 0));
    assertThat(ids(api.post(collection + "/search", Map.of("item", "red-x"))))
        .startsWith("scarlet-x", "orange-x")
        .hasSize(5);
    api.delete(collection + "/items/orange-x");
    assertThat(ids(api.post(collection + "/search", Map.of("item", "red-x"))))
        .startsWith("scarlet-x", "yellow-y")
        .hasSize(4);
  }

  @Test
  void findsNothingInAnEmptyCollection() {
    String collection = api.collection("empty");
    Answer picture = api.form(collection + "/search", Map.of("image", Pictures.RED));
    assertThat(picture.status()).isEqualTo(200);
    assertThat(ids(picture)).isEmpty();
    assertThat(ids(api.post(collection + "/search", Map.of("vector", List.of(1, 2))))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1001})
  void refusesKOutOfRange(int k) {
    String collection = api.collection("k" + (k + 1));
    Answer json = api.post(collection + "/search", Map.of("vector", List.of(1), "k", k));
    assertRefused(json, 400, "out-of-range");
    assertRefused(
        api.form(collection + "/search", Map.of("image", Pictures.RED, "k", k)),
        400,
        "out-of-range");
  }

  @Test
  void refusesBadQueries() {
    String collection = colours("bad-queries");
    String search = collection + "/search";
    assertRefused(api.post(search, Map.of()), 400, "invalid-request");
    assertRefused(
        api.post(search, Map.of("item", "red-x", "vector", List.of(1))), 400, "invalid-request");
    assertRefused(api.post(search, Map.of("item", "nobody")), 404, "not-found");
    assertRefused(api.post(search, Map.of("item", "\0")), 404, "not-found");
    Answer length = api.post(search, Map.of("vector", List.of(1, 2, 3)));
    assertRefused(length, 422, "wrong-dimension");
    assertThat(length.at("/detail")).contains("3", "48");
    assertRefused(
        api.post(search, Map.of("vector", new int[FakeInference.DIMENSION])),
        400,
        "invalid-request");
    Answer words = api.post(search, Map.of("vector", List.of("x")));
    assertRefused(words, 400, "invalid-request");
    assertThat(words.at("/detail")).isEqualTo("'vector[0]' must be a number.");
    Answer large = api.post(search, Map.of("item", "red-x", "k", 99_999_999_999L));
    assertRefused(large, 400, "out-of-range");
    assertThat(large.at("/detail")).isEqualTo("The number in 'k' is out of range.");
    assertRefused(
        api.post(search, Map.of("item", "red-x", "filter", Map.of("colour", "red"))),
        400,
        "unknown-field");
    assertRefused(api.post(search, Map.of("item", "red-x", "limit", 3)), 400, "unknown-field");
    assertRefused(
        api.post("/api/v1/collections/nowhere/search", Map.of("item", "x")), 404, "not-found");
  }

  @Test
  void refusesBadPictures() {
    String search = colours("bad-pictures") + "/search";
    assertRefused(api.form(search, Map.of("image", "hello".getBytes())), 422, "not-a-picture");
    assertRefused(api.form(search, Map.of("image", Pictures.huge())), 413, "picture-too-large");
    assertRefused(api.form(search, Map.of("k", "3")), 400, "invalid-request");
    assertRefused(
        api.form(search, Map.of("image", Pictures.RED, "k", "many")), 400, "invalid-request");
    assertRefused(
        api.form(search, Map.of("image", Pictures.RED, "lable", "x")), 400, "unknown-field");
  }

  private Answer filtered(String collection, Map<String, Object> filter) {
    return api.post(collection + "/search", Map.of("item", "red-x", "filter", filter));
  }

  private static List<String> ids(Answer answer) {
    assertThat(answer.status()).as(new String(answer.bytes())).isEqualTo(200);
    return answer.json().at("/results").findValuesAsString("id");
  }
}
