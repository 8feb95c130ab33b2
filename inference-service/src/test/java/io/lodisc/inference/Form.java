package io.lodisc.inference;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/** A multipart request being put together, then sent. */
final class Form {

  private final MultiValueMap<String, HttpEntity<?>> parts = new LinkedMultiValueMap<>();

  static Form of(String model, byte[]... images) {
    Form form = new Form().field("model", model);
    for (int i = 0; i < images.length; i++) {
      form.file("image", i + ".png", images[i]);
    }
    return form;
  }

  Form field(String name, String value) {
    parts.add(name, new HttpEntity<>(value));
    return this;
  }

  Form file(String part, String name, byte[] bytes) {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.APPLICATION_OCTET_STREAM);
    headers.setContentDispositionFormData(part, name);
    parts.add(part, new HttpEntity<>(new ByteArrayResource(bytes), headers));
    return this;
  }

  Answer send(int port) {
    return RestClient.create("http://localhost:" + port)
        .post()
        .uri("/api/v1/embeddings")
        .contentType(MediaType.MULTIPART_FORM_DATA)
        .body(parts)
        .exchange(
            (request, response) ->
                new Answer(response.getStatusCode().value(), response.bodyTo(JsonNode.class)));
  }
}
