package io.lodisc.standalone.jobs;

import io.lodisc.standalone.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The job API of a server. */
final class JobsClient {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI server;
  private final String user;

  JobsClient(URI server, String user) {
    this.server = server;
    this.user = user;
  }

  JsonNode get(String path) {
    return json(request(path).build());
  }

  JsonNode post(String path, JsonNode body) {
    return json(
        request(path)
            .header("Content-Type", "application/json")
            .POST(body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
            .build());
  }

  /** Submits a job; the same key never makes two. */
  JsonNode submit(JsonNode body, String key) {
    return json(
        request("")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  /** An answer as it comes, to be closed. */
  InputStream open(String path, String header, String value) throws IOException {
    HttpRequest.Builder request = request(path);
    if (value != null) {
      request.header(header, value);
    }
    HttpResponse<InputStream> answer = send(request.build());
    if (answer.statusCode() >= 400) {
      throw problem(answer);
    }
    return answer.body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + "/api/v1/jobs" + path))
        .header("Lodisc-User", user);
  }

  private JsonNode json(HttpRequest request) {
    try {
      HttpResponse<InputStream> answer = send(request);
      if (answer.statusCode() >= 400) {
        throw problem(answer);
      }
      try (InputStream body = answer.body()) {
        return JSON.readTree(body);
      }
    } catch (IOException e) {
      throw new UserException(
          "The server %s does not answer: %s. Start one with ./lodisc serve, or give --server."
              .formatted(server, e.getMessage() == null ? e.toString() : e.getMessage()));
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("Interrupted.");
    }
  }

  /** What the server says is wrong, and its hint. */
  private UserException problem(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      JsonNode problem = JSON.readTree(body);
      return new UserException(
          problem.path("detail").asString("" + answer.statusCode())
              + " "
              + problem.path("hint").asString(""));
    } catch (JacksonException e) {
      return new UserException("The server answered %d.".formatted(answer.statusCode()));
    }
  }
}
