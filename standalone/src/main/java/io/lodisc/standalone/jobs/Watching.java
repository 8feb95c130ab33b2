package io.lodisc.standalone.jobs;

import io.lodisc.standalone.console.ProgressBar;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows a job's events; a lost connection is taken up where it was lost. */
final class Watching {

  private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");
  private static final long RETRY_MILLIS = 1000;
  private static final int TRIES = 60;

  private final JobsClient client;
  private final String job;
  private final PrintStream out;
  private final ProgressBar bar = ProgressBar.onConsole();
  private String seen;
  private String state = "";

  Watching(JobsClient client, String job, PrintStream out) {
    this.client = client;
    this.job = job;
    this.out = out;
  }

  /** 0 if the job succeeded, else 1. */
  int toTheEnd() throws IOException, InterruptedException {
    client.get("/" + job); // an unknown job is told at once
    for (int failures = 0; !ENDED.contains(state); failures++) {
      String before = seen;
      try (InputStream events = client.open("/" + job + "/events", "Last-Event-ID", seen)) {
        EventStream.read(events, this::hear);
      } catch (IOException e) {
        if (failures == TRIES) {
          throw e;
        }
      }
      if (seen != null && !seen.equals(before)) {
        failures = 0;
      }
      if (!ENDED.contains(state)) {
        Thread.sleep(RETRY_MILLIS);
      }
    }
    bar.end();
    JsonNode ended = client.get("/" + job);
    out.printf("%s %s%n", job, ended.path("state").asString());
    for (Map.Entry<String, JsonNode> shown : ended.properties()) {
      if (Set.of("reason", "checkpoint", "warnings").contains(shown.getKey())
          && !shown.getValue().isEmpty() | shown.getValue().isString()) {
        out.printf("  %s: %s%n", shown.getKey(), text(shown.getValue()));
      }
    }
    return state.equals("SUCCEEDED") ? 0 : 1;
  }

  private void hear(EventStream.Event event) {
    seen = event.id() == null ? seen : event.id();
    JsonNode data = JsonMapper.shared().readTree(event.data());
    switch (event.type()) {
      case "state" -> {
        state = data.path("state").asString();
        bar.line(state + (data.hasNonNull("reason") ? ": " + text(data.path("reason")) : ""));
      }
      case "progress" ->
          bar.show(
              "epoch %d/%d".formatted(data.path("epoch").asInt(), data.path("epochs").asInt()),
              data.path("step").asLong(),
              data.path("steps").asLong(),
              data.hasNonNull("loss") ? data.path("loss").asDouble() : null,
              data.path("imagesPerSecond").asDouble(),
              data.hasNonNull("secondsLeft") ? data.path("secondsLeft").asLong() : null);
      case "checkpoint" -> bar.line("checkpoint " + text(data.path("checkpoint")));
      default -> {
        // the bar tells enough
      }
    }
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }
}
