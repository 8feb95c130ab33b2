package io.lodisc.retrieval.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.retrieval.RetrievalApplication;
import io.lodisc.retrieval.support.Api.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service on a port of its own, one for all tests. */
@SpringBootTest(classes = RetrievalApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
public abstract class ServiceTest {

  @LocalServerPort protected int port;

  protected Api api;

  @DynamicPropertySource
  static void surroundings(DynamicPropertyRegistry registry) {
    Surroundings.properties().forEach((name, value) -> registry.add(name, () -> value));
  }

  @BeforeEach
  void connect() {
    api = new Api(port);
  }

  /** Adds an item; its label is the part of the id before the dash. */
  protected void add(String collection, String id, byte[] picture) {
    Map<String, Object> form =
        Map.of("image", picture, "id", id, "label", id.split("-")[0], "group", id.split("-")[1]);
    Answer answer = api.form(collection + "/items", form);
    assertThat(answer.status()).as(new String(answer.bytes())).isEqualTo(201);
  }

  /** Asserts a problem detail that says what to do. */
  protected static void assertRefused(Answer answer, int status, String type) {
    assertThat(answer.status()).as(new String(answer.bytes())).isEqualTo(status);
    assertThat(answer.headers().getContentType()).hasToString("application/problem+json");
    assertThat(answer.at("/type")).isEqualTo("urn:lodisc:problem:" + type);
    assertThat(answer.at("/detail")).isNotBlank();
    assertThat(answer.at("/hint")).isNotBlank();
  }
}
