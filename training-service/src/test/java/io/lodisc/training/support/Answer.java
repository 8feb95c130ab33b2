package io.lodisc.training.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service answered. */
public record Answer(int status, HttpHeaders headers, byte[] bytes) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public JsonNode json() {
    return JSON.readTree(bytes);
  }

  public String text(String field) {
    return json().path(field).asString();
  }

  /** A success with that status. */
  public Answer is(int expected) {
    assertThat(status).as(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(expected);
    return this;
  }

  /** A problem detail of that type that has a hint and whose detail holds all these parts. */
  public void isProblem(int expected, String type, String... inDetail) {
    is(expected);
    assertThat(headers.getContentType()).hasToString("application/problem+json");
    assertThat(text("type")).isEqualTo("urn:lodisc:problem:" + type);
    assertThat(text("detail")).isNotBlank();
    for (String part : inDetail) {
      assertThat(text("detail")).contains(part);
    }
    assertThat(text("hint")).isNotBlank();
  }
}
