package io.lodisc.standalone;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Debian's Prometheus in a process of its own, with the project's configuration. */
final class Prometheus implements AutoCloseable {

  static final Path FILES = Home.PROJECT.resolve("monitoring");

  /** One line of a plot, x in seconds since 1970; numbers that are none are left out. */
  record Series(Map<String, String> labels, double[] x, double[] y) {}

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI url;

  private Prometheus(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Scrapes a platform every second.
   *
   * @param folder for its data
   * @param target where the metrics are
   */
  static Prometheus start(Path folder, URI target) throws IOException, InterruptedException {
    String configuration =
        Files.readString(FILES.resolve("standalone.yml"))
            .replace("localhost:9080", "localhost:" + target.getPort())
            .replaceAll("interval: \\d+s", "interval: 1s");
    Files.createDirectories(folder);
    Files.copy(FILES.resolve("alerts.yml"), folder.resolve("alerts.yml"));
    Path file = Files.writeString(folder.resolve("prometheus.yml"), configuration);
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile())
            .start();
    Prometheus prometheus = new Prometheus(process, URI.create("http://127.0.0.1:" + port));
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!prometheus.isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError(Files.readString(folder.resolve("log.txt")));
      }
      Thread.sleep(100);
    }
    prometheus.awaitScrape(end);
    return prometheus;
  }

  private void awaitScrape(long end) throws IOException, InterruptedException {
    JsonNode target = get("targets").path("activeTargets").path(0);
    while (!target.path("health").asString("").equals("up")) {
      if (System.nanoTime() > end) {
        throw new AssertionError(target.toString());
      }
      Thread.sleep(200);
      target = get("targets").path("activeTargets").path(0);
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      HttpRequest ready = HttpRequest.newBuilder(url.resolve("/-/ready")).build();
      return http.send(ready, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** What an expression gives over time. */
  List<Series> range(String expression, long from, long to, int step)
      throws IOException, InterruptedException {
    JsonNode data =
        get(
            "query_range?query=%s&start=%d&end=%d&step=%d"
                .formatted(encoded(expression), from, to, step));
    List<Series> all = new ArrayList<>();
    for (JsonNode one : data.path("result")) {
      List<double[]> points = new ArrayList<>();
      for (JsonNode value : one.path("values")) {
        double y = number(value.get(1));
        if (Double.isFinite(y)) {
          points.add(new double[] {value.get(0).asDouble(), y});
        }
      }
      all.add(
          new Series(
              labels(one),
              points.stream().mapToDouble(p -> p[0]).toArray(),
              points.stream().mapToDouble(p -> p[1]).toArray()));
    }
    return all;
  }

  /** What an expression gives now. */
  List<Series> now(String expression) throws IOException, InterruptedException {
    List<Series> all = new ArrayList<>();
    for (JsonNode one : get("query?query=" + encoded(expression)).path("result")) {
      JsonNode value = one.path("value");
      all.add(
          new Series(
              labels(one),
              new double[] {value.get(0).asDouble()},
              new double[] {number(value.get(1))}));
    }
    return all;
  }

  /** The alerts' rules as it evaluates them. */
  List<JsonNode> rules() throws IOException, InterruptedException {
    List<JsonNode> rules = new ArrayList<>();
    get("rules").path("groups").forEach(group -> group.path("rules").forEach(rules::add));
    return rules;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url.resolve("/api/v1/" + path)).build();
    JsonNode answer =
        JsonMapper.shared().readTree(http.send(request, BodyHandlers.ofString()).body());
    if (!answer.path("status").asString().equals("success")) {
      throw new AssertionError(path + ": " + answer);
    }
    return answer.path("data");
  }

  private static Map<String, String> labels(JsonNode series) {
    Map<String, String> labels = new LinkedHashMap<>();
    series
        .path("metric")
        .properties()
        .forEach(e -> labels.put(e.getKey(), e.getValue().asString()));
    return labels;
  }

  private static double number(JsonNode text) {
    String value = text.asString();
    return switch (value) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(value);
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
