package io.lodisc.standalone.jobs;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code lodisc jobs list}. */
@Command(name = "list", description = "Lists jobs, newest first.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

  private static final String ROW = "%-12s  %-9s  %-9s  %-16s  %-16s  %8s  %s%n";

  @Mixin private ServerOption server;

  @Option(names = "--state", split = ",", paramLabel = "STATE", description = "Only these.")
  private List<String> states = List.of();

  @Option(names = "--dataset", paramLabel = "NAME", description = "Only those on it.")
  private String dataset;

  @Option(names = "--limit", paramLabel = "N", defaultValue = "20")
  private int limit;

  @Override
  public Integer call() {
    List<String> query = new ArrayList<>(List.of("limit=" + limit));
    states.forEach(state -> query.add("state=" + encoded(state.toUpperCase(Locale.ROOT))));
    if (dataset != null) {
      query.add("dataset=" + encoded(dataset));
    }
    JsonNode page = server.client().get("?" + String.join("&", query));
    System.out.printf(ROW, "ID", "STATE", "TYPE", "DATASET", "PROGRESS", "LOSS", "OWNER");
    page.path("items").forEach(ListCommand::print);
    if (page.hasNonNull("next")) {
      System.out.printf("There are more; --limit %d shows them.%n", limit * 5);
    }
    return 0;
  }

  private static void print(JsonNode job) {
    long steps = job.path("steps").asLong();
    long done = steps == 0 ? 0 : 100 * job.path("step").asLong() / steps;
    System.out.printf(
        ROW,
        job.path("id").asString(),
        job.path("state").asString(),
        job.path("type").asString(),
        job.path("dataset").asString(),
        "%d %% of %d".formatted(done, job.path("epochs").asInt()),
        job.hasNonNull("loss")
            ? String.format(Locale.ROOT, "%.3f", job.path("loss").asDouble())
            : "-",
        job.path("owner").asString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
