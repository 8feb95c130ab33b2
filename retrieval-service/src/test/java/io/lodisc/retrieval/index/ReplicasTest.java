package io.lodisc.retrieval.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.retrieval.RetrievalApplication;
import io.lodisc.retrieval.support.Api;
import io.lodisc.retrieval.support.Pictures;
import io.lodisc.retrieval.support.ServiceTest;
import io.lodisc.retrieval.support.Surroundings;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

class ReplicasTest extends ServiceTest {

  @Test
  void findsAfterARestartWhatWasThereBefore() {
    String collection;
    try (ConfigurableApplicationContext before = start()) {
      collection = api(before).collection("restart");
      add(collection, "red-1", Pictures.RED);
      add(collection, "orange-1", Pictures.ORANGE);
      assertThat(found(api(before), collection)).containsExactly("orange-1");
    }
    try (ConfigurableApplicationContext after = start()) {
      assertThat(found(api(after), collection)).containsExactly("orange-1");
      assertThat(api(after).get(collection + "/items/red-1/picture").bytes())
          .isEqualTo(Pictures.RED);
    }
  }

  @Test
  void eachFindsWhatTheOtherWrote() {
    try (ConfigurableApplicationContext other = start()) {
      Api there = api(other);
      String collection = api.collection("two-replicas");
      add(collection, "red-1", Pictures.RED);
      add(collection, "yellow-1", Pictures.YELLOW);
      assertThat(found(api, collection)).containsExactly("yellow-1");
      assertThat(found(there, collection)).containsExactly("yellow-1");

      there.form(collection + "/items", Map.of("image", Pictures.ORANGE, "id", "orange-1"));
      assertThat(found(there, collection)).containsExactly("orange-1", "yellow-1");
      assertThat(found(api, collection)).containsExactly("orange-1", "yellow-1");

      api.delete(collection + "/items/orange-1");
      there.delete(collection + "/items/yellow-1");
      assertThat(found(api, collection)).isEmpty();
      assertThat(found(there, collection)).isEmpty();

      api.delete(collection);
      api.collection("two-replicas");
      assertThat(there.post(collection + "/search", Map.of("item", "red-1")).status())
          .isEqualTo(404);
    }
  }

  @Test
  void saysThatTheInferenceServiceIsSilent() {
    try (ConfigurableApplicationContext service = start("http://localhost:1")) {
      String collection = api(service).collection("silence");
      assertRefused(
          api(service).form(collection + "/items", Map.of("image", Pictures.RED)),
          503,
          "upstream-unavailable");
      assertThat(api(service).get(collection).json().at("/items").asInt()).isZero();
    }
  }

  @Test
  void readsTheInferenceServicesAddressAtEachCall() {
    try (ConfigurableApplicationContext service = start("http://${lodisc.test.later}")) {
      String collection = api(service).collection("later");
      System.setProperty(
          "lodisc.test.later", URI.create(Surroundings.INFERENCE.url()).getAuthority());
      assertThat(api(service).form(collection + "/items", Map.of("image", Pictures.RED)).status())
          .isEqualTo(201);
    } finally {
      System.clearProperty("lodisc.test.later");
    }
  }

  private static ConfigurableApplicationContext start() {
    return start(Surroundings.INFERENCE.url());
  }

  private static ConfigurableApplicationContext start(String inference) {
    Map<String, Object> properties = new HashMap<>(Surroundings.properties());
    properties.put("lodisc.retrieval.inference-url", inference);
    String[] arguments =
        properties.entrySet().stream()
            .map(p -> "--%s=%s".formatted(p.getKey(), p.getValue()))
            .toArray(String[]::new);
    return new SpringApplication(RetrievalApplication.class).run(arguments);
  }

  private static Api api(ConfigurableApplicationContext service) {
    return new Api(((WebServerApplicationContext) service).getWebServer().getPort());
  }

  private static List<String> found(Api api, String collection) {
    return api.post(collection + "/search", Map.of("item", "red-1"))
        .json()
        .at("/results")
        .findValuesAsString("id");
  }
}
