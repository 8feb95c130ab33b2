package io.lodisc.training.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events as the HTML standard says. */
public final class EventReader implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** One event; a comment has its text as data and no type. */
  public record Event(long id, String type, String data) {

    public JsonNode json() {
      return JSON.readTree(data);
    }
  }

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  private EventReader(HttpResponse<InputStream> response) {
    this.response = response;
    this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /**
   * Connects.
   *
   * @param last the last event that was seen; null sends none
   */
  public static EventReader open(String url, Long last) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/event-stream");
    if (last != null) {
      request.header("Last-Event-ID", last.toString());
    }
    return new EventReader(HTTP.send(request.build(), BodyHandlers.ofInputStream()));
  }

  public int status() {
    return response.statusCode();
  }

  public String contentType() {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  /** The next event or comment; null at the stream's end. */
  public Event next() throws IOException {
    long id = 0;
    String type = null;
    String data = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty() && data != null) {
        return new Event(id, type, data);
      }
      String value = line.substring(line.indexOf(':') + 1).strip();
      switch (line.substring(0, Math.max(0, line.indexOf(':')))) {
        case "id" -> id = Long.parseLong(value);
        case "event" -> type = value;
        case "data", "" -> data = value;
        default -> throw new IOException("no event stream: " + line);
      }
    }
    return null;
  }

  /** The next events, comments left out; fewer only at the stream's end. */
  public List<Event> next(int count) throws IOException {
    List<Event> events = new ArrayList<>();
    while (events.size() < count) {
      Event event = next();
      if (event == null) {
        break;
      }
      if (event.type() != null) {
        events.add(event);
      }
    }
    return events;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
