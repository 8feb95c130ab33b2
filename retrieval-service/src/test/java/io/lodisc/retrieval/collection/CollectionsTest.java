package io.lodisc.retrieval.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.retrieval.support.Api.Answer;
import io.lodisc.retrieval.support.Pictures;
import io.lodisc.retrieval.support.ServiceTest;
import io.lodisc.retrieval.support.Surroundings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionsTest extends ServiceTest {

  @Test
  void isCreatedShownListedAndDeleted() {
    Answer created = api.post("/api/v1/collections", Map.of("name", "life", "model", "production"));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.headers().getLocation()).hasToString("/api/v1/collections/life");
    assertThat(created.at("/model")).isEqualTo("production");
    assertThat(created.json().at("/items").asInt()).isZero();
    assertThat(created.json().has("checkpoint")).isFalse();

    Answer shown = api.get("/api/v1/collections/life");
    assertThat(shown.json()).isEqualTo(created.json());
    assertThat(api.get("/api/v1/collections").json().at("/items").values()).contains(shown.json());

    assertThat(api.delete("/api/v1/collections/life").status()).isEqualTo(204);
    assertRefused(api.get("/api/v1/collections/life"), 404, "not-found");
  }

  @Test
  void knowsItsCheckpointAfterTheFirstItem() {
    String collection = api.collection("first-item");
    add(collection, "red-1", Pictures.RED);

    Answer shown = api.get(collection);
    assertThat(shown.at("/checkpoint")).isEqualTo("first");
    assertThat(shown.json().at("/dimension").asInt()).isEqualTo(48);
    assertThat(shown.json().at("/items").asInt()).isEqualTo(1);
  }

  @Test
  void takesItsItemsAndPicturesWithIt() {
    List<?> before = Surroundings.files();
    String collection = api.collection("going");
    add(collection, "violet-1", Pictures.png(120, 1, 130));
    assertThat(Surroundings.files()).hasSize(before.size() + 1);

    assertThat(api.delete(collection).status()).isEqualTo(204);

    assertThat(Surroundings.files()).isEqualTo(before);
    assertRefused(api.get(collection + "/items/violet-1"), 404, "not-found");
    assertThat(api.get(api.collection("going") + "/items").json().at("/items")).isEmpty();
  }

  @Test
  void keepsItsNameToItself() {
    api.collection("twice");
    assertRefused(api.post("/api/v1/collections", Map.of("name", "twice")), 409, "already-exists");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upper", "-dash", "a b", "../x", "a/b", "é"})
  void refusesBadNames(String name) {
    Answer answer = api.post("/api/v1/collections", Map.of("name", name));
    assertRefused(answer, 400, "out-of-range");
    assertThat(answer.at("/detail")).contains("name");
  }

  @Test
  void refusesNoNameAndUnknownFields() {
    assertRefused(api.post("/api/v1/collections", Map.of()), 400, "out-of-range");
    Answer typo = api.post("/api/v1/collections", Map.of("name", "x", "modell", "production"));
    assertRefused(typo, 400, "unknown-field");
    assertThat(typo.at("/detail")).contains("modell");
    assertRefused(api.post("/api/v1/collections", "{\"name\": "), 400, "invalid-request");
  }

  @Test
  void refusesToDeleteWhatIsNotThere() {
    assertRefused(api.delete("/api/v1/collections/nowhere"), 404, "not-found");
  }
}
