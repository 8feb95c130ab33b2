package io.lodisc.standalone.demo;

import io.lodisc.standalone.UserException;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.databind.JsonNode;

/** The platform's API, as the demo uses it. */
final class DemoClient {

  private final RestClient http;

  DemoClient(String url) {
    this.http =
        RestClient.builder()
            .baseUrl(url + "/api/v1")
            .defaultStatusHandler(
                HttpStatusCode::isError,
                (request, response) -> {
                  String body = new String(response.getBody().readAllBytes());
                  if (response.getStatusCode().value() == 404) {
                    throw new HttpClientErrorException(response.getStatusCode());
                  }
                  throw new UserException(
                      "%s %s answered %s: %s"
                          .formatted(
                              request.getMethod(),
                              request.getURI(),
                              response.getStatusCode(),
                              body));
                })
            .build();
  }

  /** What is there, or nothing. */
  Optional<JsonNode> find(String path) {
    try {
      return Optional.ofNullable(http.get().uri(path).retrieve().body(JsonNode.class));
    } catch (RestClientResponseException e) {
      return Optional.empty();
    }
  }

  JsonNode get(String path) {
    return http.get().uri(path).retrieve().body(JsonNode.class);
  }

  JsonNode post(String path, Object body) {
    return http.post()
        .uri(path)
        .contentType(MediaType.APPLICATION_JSON)
        .body(body)
        .retrieve()
        .body(JsonNode.class);
  }

  JsonNode put(String path, Map<String, ?> body) {
    return http.put()
        .uri(path)
        .contentType(MediaType.APPLICATION_JSON)
        .body(body)
        .retrieve()
        .body(JsonNode.class);
  }

  /** Sends a form of one file and some fields. */
  JsonNode upload(String path, String part, String fileName, byte[] file, Map<String, ?> fields) {
    MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
    form.add(
        part,
        new ByteArrayResource(file) {
          @Override
          public String getFilename() {
            return fileName;
          }
        });
    fields.forEach(form::add);
    return http.post()
        .uri(path)
        .contentType(MediaType.MULTIPART_FORM_DATA)
        .body(form)
        .retrieve()
        .body(JsonNode.class);
  }
}
