package io.lodisc.retrieval.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.retrieval.RetrievalApplication;
import io.lodisc.retrieval.support.Api;
import io.lodisc.retrieval.support.Api.Answer;
import io.lodisc.retrieval.support.Pictures;
import io.lodisc.retrieval.support.Surroundings;
import io.lodisc.web.blob.S3Mock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The pictures of two replicas in a bucket, which is away for a while. */
class PicturesOnS3Test {

  private static final S3Mock MOCK = new S3Mock();

  private static String bucket;
  private static ConfigurableApplicationContext service;
  private static ConfigurableApplicationContext other;
  private static Api api;

  @BeforeAll
  static void start() {
    MOCK.start();
    bucket = MOCK.bucket();
    Map<String, Object> properties = Surroundings.ownDatabase();
    service = start(properties);
    other = start(properties);
    api = api(service);
  }

  private static ConfigurableApplicationContext start(Map<String, Object> properties) {
    List<String> arguments = new ArrayList<>(MOCK.properties(bucket));
    properties.forEach((name, value) -> arguments.add(name + "=" + value));
    return SpringApplication.run(
        RetrievalApplication.class,
        arguments.stream().map(argument -> "--" + argument).toArray(String[]::new));
  }

  private static Api api(ConfigurableApplicationContext context) {
    return new Api(((WebServerApplicationContext) context).getWebServer().getPort());
  }

  @AfterAll
  static void stop() {
    other.close();
    service.close();
    MOCK.close();
  }

  @Test
  void areImportedShownAndGone() {
    List<?> before = Surroundings.files();
    String collection = api.collection("imported");
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      files.put("red/" + i + ".png", Pictures.png(100 + i, 1, 2));
    }
    files.put("red/again.png", Pictures.png(100, 1, 2));

    Answer imported = api.form(collection + "/items:import", Map.of("file", Pictures.zip(files)));

    assertThat(imported.json().at("/imported").asInt()).isEqualTo(21);
    assertThat(keys()).hasSize(20).allMatch(key -> key.matches("pictures/(..)/\\1[0-9a-f]{62}"));
    assertThat(Surroundings.files()).isEqualTo(before);
    Answer picture = api(other).get(collection + "/items/red-7/picture");
    assertThat(picture.bytes()).isEqualTo(files.get("red/7.png"));
    assertThat(picture.headers().getContentLength()).isEqualTo(files.get("red/7.png").length);
    assertThat(picture.headers().getETag()).hasSize(66);

    api.delete(collection + "/items/red-again");
    assertThat(keys()).as("still that of red-0").hasSize(20);
    api.delete(collection + "/items/red-0");
    assertThat(keys()).hasSize(19);
    api(other).delete(collection);
    assertThat(keys()).isEmpty();
  }

  @Test
  void aStoreThatIsAwayLosesNothing() {
    String collection = api.collection("away");
    assertThat(add(collection, "red-1", Pictures.RED).status()).isEqualTo(201);
    assertThat(add(collection, "blue-1", Pictures.BLUE).status()).isEqualTo(201);
    assertThat(keys()).hasSize(2);

    MOCK.stop();
    Answer refused = add(collection, "green-1", Pictures.GREEN);
    Answer shown = api.get(collection + "/items/red-1/picture");
    Answer deleted = api.delete(collection + "/items/blue-1");
    MOCK.start();

    for (Answer answer : List.of(refused, shown)) {
      assertThat(answer.status()).as(new String(answer.bytes())).isEqualTo(503);
      assertThat(answer.at("/type")).isEqualTo("urn:lodisc:problem:upstream-unavailable");
    }
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(api.get(collection).json().at("/items").asInt()).isEqualTo(1);
    assertThat(api.get(collection + "/items/red-1/picture").bytes()).isEqualTo(Pictures.RED);
    assertThat(keys()).hasSize(2);
    other.getBean(PictureKeeping.class).sweep();
    assertThat(keys()).as("what was deleted meanwhile").hasSize(1);
    assertThat(add(collection, "green-1", Pictures.GREEN).status()).isEqualTo(201);
    api.delete(collection);
    assertThat(keys()).isEmpty();
  }

  private static Answer add(String collection, String id, byte[] picture) {
    return api.form(collection + "/items", Map.of("image", picture, "id", id));
  }

  private static List<String> keys() {
    return MOCK.keys(bucket, "");
  }
}
