package io.lodisc.standalone.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MimeType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Asks a server, and holds its answers against what is said of them. */
final class Asking {

  private static final String API = "/api/v1";

  private final RestClient http;
  private final Described described;

  Asking(String url, Described described) {
    this.http = RestClient.create(url);
    this.described = described;
  }

  /**
   * @param status that the answer must have
   * @param path below /api/v1, with places for the values
   */
  JsonNode get(int status, String path, Object... values) {
    return ask(HttpMethod.GET, status, path, null, null, values);
  }

  JsonNode delete(int status, String path, Object... values) {
    return ask(HttpMethod.DELETE, status, path, null, null, values);
  }

  JsonNode put(int status, String path, Object json, Object... values) {
    return ask(HttpMethod.PUT, status, path, MediaType.APPLICATION_JSON, json, values);
  }

  JsonNode post(int status, String path, Object json, Object... values) {
    return ask(HttpMethod.POST, status, path, MediaType.APPLICATION_JSON, json, values);
  }

  JsonNode form(int status, String path, Map<String, Object> fields, Object... values) {
    MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
    fields.forEach(form::add);
    return ask(HttpMethod.POST, status, path, MediaType.MULTIPART_FORM_DATA, form, values);
  }

  private JsonNode ask(
      HttpMethod method, int status, String path, MediaType type, Object body, Object... values) {
    RestClient.RequestBodySpec request = http.method(method).uri(API + path, values);
    if (body != null) {
      request.contentType(type).body(body);
    }
    return request.exchange(
        (asked, answer) -> {
          String text = new String(answer.getBody().readAllBytes(), StandardCharsets.UTF_8);
          MimeType got = answer.getHeaders().getContentType();
          String plain = got == null ? "" : got.getType() + "/" + got.getSubtype();
          assertThat(answer.getStatusCode().value())
              .as("%s %s: %s", method, path, text)
              .isEqualTo(status);
          described.answer(method + " " + API + path, status, plain, text);
          return plain.endsWith("json")
              ? JsonMapper.shared().readTree(text)
              : MissingNode.getInstance();
        });
  }
}
