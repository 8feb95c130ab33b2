package io.lodisc.standalone.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads server-sent events (HTML Living Standard, section 9.2). */
final class EventStream {

  /**
   * @param id null if it has none
   */
  record Event(String id, String type, String data) {}

  private EventStream() {}

  /** Until the stream ends. */
  static void read(InputStream stream, Consumer<Event> events) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    String id = null;
    String type = "message";
    StringBuilder data = new StringBuilder();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          events.accept(new Event(id, type, data.substring(0, data.length() - 1)));
        }
        type = "message";
        data.setLength(0);
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "id" -> id = value;
        case "event" -> type = value;
        case "data" -> data.append(value).append('\n');
        default -> {
          // a comment, or for browsers
        }
      }
    }
  }
}
