package io.lodisc.retrieval.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.retrieval.support.Api.Answer;
import io.lodisc.retrieval.support.Pictures;
import io.lodisc.retrieval.support.ServiceTest;
import io.lodisc.retrieval.support.Surroundings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemsTest extends ServiceTest {

  @Test
  void isAddedAndShownWithItsPicture() {
    String collection = api.collection("adding");
    Answer added =
        api.form(
            collection + "/items",
            Map.of(
                "image", Pictures.RED,
                "id", "rot 1%",
                "label", "red",
                "group", "warm",
                "metadata", "{\"name\":\"Feuerwehr \\ud83d\\ude92\",\"maker\":\"me\"}"));
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.json().at("/width").asInt()).isEqualTo(24);
    assertThat(added.json().at("/height").asInt()).isEqualTo(16);
    assertThat(added.at("/metadata/name")).isEqualTo("Feuerwehr 🚒");

    Answer shown = api.get(collection + "/items/{id}", "rot 1%");
    assertThat(shown.json()).isEqualTo(added.json());
    assertThat(added.headers().getLocation()).hasToString(collection + "/items/rot%201%25");

    Answer picture = api.get(collection + "/items/{id}/picture", "rot 1%");
    assertThat(picture.bytes()).isEqualTo(Pictures.RED);
    assertThat(picture.headers().getContentType()).hasToString("image/png");
    assertThat(picture.headers().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void getsAnIdWhereNoneIsGiven() {
    String collection = api.collection("random-ids");
    Answer added = api.form(collection + "/items", Map.of("image", Pictures.RED));
    assertThat(added.status()).isEqualTo(201);
    assertThat(api.get(collection + "/items/" + added.at("/id")).status()).isEqualTo(200);
  }

  @Test
  void isListedInPages() {
    String collection = api.collection("pages");
    for (int i = 0; i < 5; i++) {
      add(collection, "red-" + i, Pictures.RED);
    }
    Answer page = api.get(collection + "/items?offset=3&limit=10");
    assertThat(page.json().at("/total").asInt()).isEqualTo(5);
    assertThat(page.json().at("/items").findValuesAsString("id")).containsExactly("red-3", "red-4");
    assertThat(api.get(collection + "/items?limit=2").json().at("/items")).hasSize(2);
    assertRefused(api.get(collection + "/items?limit=0"), 400, "out-of-range");
    assertRefused(api.get(collection + "/items?limit=1001"), 400, "out-of-range");
    assertRefused(api.get(collection + "/items?offset=-1"), 400, "out-of-range");
    assertRefused(api.get(collection + "/items?offset=x"), 400, "invalid-request");
  }

  @Test
  void keepsAPictureUntilItsLastItemGoes() {
    String collection = api.collection("sharing");
    List<?> before = Surroundings.files();
    byte[] picture = Pictures.png(3, 77, 200);
    add(collection, "a-1", picture);
    add(collection, "a-2", picture);
    assertThat(Surroundings.files()).hasSize(before.size() + 1);

    assertThat(api.delete(collection + "/items/a-1").status()).isEqualTo(204);
    assertThat(api.get(collection + "/items/a-2/picture").bytes()).isEqualTo(picture);

    assertThat(api.delete(collection + "/items/a-2").status()).isEqualTo(204);
    assertThat(Surroundings.files()).isEqualTo(before);
    assertThat(api.get(collection).json().at("/items").asInt()).isZero();
    assertRefused(api.delete(collection + "/items/a-2"), 404, "not-found");
  }

  @Test
  void keepsItsIdToItself() {
    String collection = api.collection("same-id");
    add(collection, "red-1", Pictures.RED);
    Answer again = api.form(collection + "/items", Map.of("image", Pictures.BLUE, "id", "red-1"));
    assertRefused(again, 409, "already-exists");
    assertThat(api.get(collection + "/items/red-1/picture").bytes()).isEqualTo(Pictures.RED);
  }

  @Test
  void refusesWhatIsNoWholePicture() {
    String collection = api.collection("broken");
    List<?> before = Surroundings.files();
    assertRefused(image(collection, "hello".getBytes()), 422, "not-a-picture");
    assertRefused(image(collection, new byte[0]), 422, "not-a-picture");
    assertRefused(image(collection, Pictures.truncated()), 422, "truncated-picture");
    assertRefused(image(collection, Pictures.huge()), 413, "picture-too-large");
    assertRefused(api.form(collection + "/items", Map.of("label", "red")), 400, "invalid-request");
    assertRefused(image("/api/v1/collections/nowhere", Pictures.RED), 404, "not-found");

    assertThat(api.get(collection).json().at("/items").asInt()).isZero();
    assertThat(Surroundings.files()).isEqualTo(before);
  }

  @Test
  void refusesBadFields() {
    String collection = api.collection("fields");
    assertRefused(with(collection, "id", "a/b"), 400, "out-of-range");
    assertRefused(with(collection, "id", ".."), 400, "out-of-range");
    assertRefused(with(collection, "id", "x".repeat(201)), 400, "out-of-range");
    assertRefused(with(collection, "label", "nul\0"), 400, "out-of-range");
    assertRefused(with(collection, "metadata", "{\"a\":1}"), 400, "invalid-request");
    assertRefused(with(collection, "metadata", "[]"), 400, "invalid-request");
    assertRefused(with(collection, "metadata", "{"), 400, "invalid-request");
    assertRefused(with(collection, "metadata", "{\"a\":\"\\u0000\"}"), 400, "out-of-range");
    Answer typo = with(collection, "lable", "red");
    assertRefused(typo, 400, "unknown-field");
    assertThat(typo.at("/hint")).contains("label");
    assertThat(api.get(collection).json().at("/items").asInt()).isZero();
  }

  @Test
  void saysThatAnAliasPointsNowhere() {
    api.post("/api/v1/collections", Map.of("name", "no-model", "model", "nobody"));
    Answer answer = image("/api/v1/collections/no-model", Pictures.RED);
    assertRefused(answer, 404, "not-found");
    assertThat(answer.at("/detail")).contains("nobody");
  }

  @Test
  void staysWithTheCheckpointOfItsFirstItem() {
    Surroundings.INFERENCE.promote("moving", "one");
    api.post("/api/v1/collections", Map.of("name", "moving", "model", "moving"));
    String collection = "/api/v1/collections/moving";
    List<?> before = Surroundings.files();
    add(collection, "red-1", Pictures.RED);

    Surroundings.INFERENCE.promote("moving", "two");
    assertRefused(image(collection, Pictures.png(9, 8, 7)), 409, "wrong-model");
    assertRefused(
        api.form(collection + "/search", Map.of("image", Pictures.RED)), 409, "wrong-model");
    assertRefused(
        api.form(
            collection + "/items:import",
            Map.of("file", Pictures.zip(Map.of("a/1.png", Pictures.png(9, 8, 7))))),
        409,
        "wrong-model");
    assertThat(api.post(collection + "/search", Map.of("item", "red-1")).status()).isEqualTo(200);
    assertThat(api.get(collection).at("/checkpoint")).isEqualTo("one");
    assertThat(api.delete(collection).status()).isEqualTo(204);
    assertThat(Surroundings.files()).isEqualTo(before);
  }

  private Answer image(String collection, byte[] image) {
    return api.form(collection + "/items", Map.of("image", image));
  }

  private Answer with(String collection, String field, String value) {
    return api.form(collection + "/items", Map.of("image", Pictures.RED, field, value));
  }
}
