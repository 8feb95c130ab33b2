package io.lodisc.training.support;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/** The service as its users see it, over HTTP. */
public class Api {

  private final ServletWebServerApplicationContext application;
  private final RestClient client;

  @Autowired
  Api(ServletWebServerApplicationContext application) {
    this(application, RestClient.create());
  }

  private Api(ServletWebServerApplicationContext application, RestClient client) {
    this.application = application;
    this.client = client;
  }

  /** The same with a header in each request. */
  public Api with(String header, String value) {
    return new Api(application, client.mutate().defaultHeader(header, value).build());
  }

  public Answer get(String path) {
    return get(path, headers -> {});
  }

  public Answer get(String path, Consumer<HttpHeaders> headers) {
    return send(client.get().uri(url(path)).headers(headers));
  }

  public Answer post(String path, String json) {
    return send(HttpMethod.POST, path, json);
  }

  public Answer post(String path, String json, Consumer<HttpHeaders> headers) {
    return send(
        client
            .post()
            .uri(url(path))
            .headers(headers)
            .contentType(MediaType.APPLICATION_JSON)
            .body(json));
  }

  public Answer put(String path, String json) {
    return send(HttpMethod.PUT, path, json);
  }

  public Answer delete(String path) {
    return send(client.delete().uri(url(path)));
  }

  public Answer upload(String path, Path file, Map<String, String> fields) {
    MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
    fields.forEach(parts::add);
    parts.add("file", new FileSystemResource(file));
    return send(
        client.post().uri(url(path)).contentType(MediaType.MULTIPART_FORM_DATA).body(parts));
  }

  private Answer send(HttpMethod method, String path, String json) {
    return send(
        client.method(method).uri(url(path)).contentType(MediaType.APPLICATION_JSON).body(json));
  }

  private static Answer send(RestClient.RequestHeadersSpec<?> request) {
    return request.exchange(
        (sent, answer) ->
            new Answer(
                answer.getStatusCode().value(),
                answer.getHeaders(),
                answer.getBody().readAllBytes()));
  }

  /** The whole address, for other clients. */
  public String url(String path) {
    return "http://localhost:" + application.getWebServer().getPort() + path;
  }
}
