package io.lodisc.retrieval.support;

import java.util.Map;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that takes every status for an answer. */
public final class Api {

  /** What came back. */
  public record Answer(int status, HttpHeaders headers, byte[] bytes) {

    public JsonNode json() {
      return JsonMapper.shared().readTree(bytes);
    }

    /** A field of the body as text, such as {@code /results/0/id}. */
    public String at(String pointer) {
      return json().at(pointer).asString();
    }
  }

  private final RestClient client;

  public Api(int port) {
    client = RestClient.create("http://localhost:" + port);
  }

  public Answer get(String path, Object... variables) {
    return send(client.get().uri(path, variables));
  }

  public Answer delete(String path, Object... variables) {
    return send(client.delete().uri(path, variables));
  }

  public Answer post(String path, Object json) {
    return send(
        client
            .method(HttpMethod.POST)
            .uri(path)
            .contentType(MediaType.APPLICATION_JSON)
            .body(json));
  }

  /** Sends a form; byte arrays become files. */
  public Answer form(String path, Map<String, ?> fields) {
    MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
    fields.forEach(
        (name, value) -> form.add(name, value instanceof byte[] bytes ? file(bytes) : value));
    return send(client.post().uri(path).contentType(MediaType.MULTIPART_FORM_DATA).body(form));
  }

  /** A new collection of the model {@code production}. */
  public String collection(String name) {
    Answer answer = post("/api/v1/collections", Map.of("name", name));
    if (answer.status() != 201) {
      throw new IllegalStateException(new String(answer.bytes()));
    }
    return "/api/v1/collections/" + name;
  }

  private static Answer send(RestClient.RequestHeadersSpec<?> request) {
    return request.exchange(
        (sent, response) ->
            new Answer(
                response.getStatusCode().value(),
                response.getHeaders(),
                response.getBody().readAllBytes()));
  }

  private static ByteArrayResource file(byte[] bytes) {
    return new ByteArrayResource(bytes) {
      @Override
      public String getFilename() {
        return "file";
      }
    };
  }
}
