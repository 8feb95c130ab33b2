package io.lodisc.inference;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lodisc.model.checkpoint.Checkpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Aliases and checkpoint files over HTTP, as the training-service serves them. */
final class TrainingStandIn {

  final Map<String, String> aliases = new ConcurrentHashMap<>();
  final Map<String, Path> checkpoints = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> downloads = new ConcurrentHashMap<>();

  /** Encoder files of these checkpoints are held back until the latch opens. */
  final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

  private int port;
  private HttpServer server;

  TrainingStandIn() {
    start();
  }

  void start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    port = server.getAddress().getPort();
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/api/v1/models/", this::model);
    server.createContext("/api/v1/checkpoints/", this::file);
    server.start();
  }

  void stop() {
    server.stop(0);
  }

  String url() {
    return "http://localhost:" + port;
  }

  int downloads(String checkpoint, String file) {
    AtomicInteger count = downloads.get(checkpoint + "/" + file);
    return count == null ? 0 : count.get();
  }

  private void model(HttpExchange exchange) throws IOException {
    String alias = exchange.getRequestURI().getPath().substring("/api/v1/models/".length());
    String checkpoint = aliases.get(alias);
    if (checkpoint == null) {
      notFound(exchange);
      return;
    }
    String json =
        "{\"alias\":\"%s\",\"checkpoint\":\"%s\",\"promotedAt\":\"2026-01-01T00:00:00Z\"}"
            .formatted(alias, checkpoint);
    answer(exchange, 200, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  private void file(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    Path folder = checkpoints.get(path[4]);
    if (folder == null) {
      notFound(exchange);
      return;
    }
    downloads
        .computeIfAbsent(path[4] + "/" + path[6], file -> new AtomicInteger())
        .incrementAndGet();
    if (path[6].equals(Checkpoints.ENCODER)) {
      waitFor(held.get(path[4]));
    }
    byte[] bytes = Files.readAllBytes(folder.resolve(path[6]));
    answer(exchange, 200, "application/octet-stream", bytes);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      if (latch != null) {
        latch.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void notFound(HttpExchange exchange) throws IOException {
    String problem =
        """
        {"type":"urn:lodisc:problem:not-found","title":"There is no such thing","status":404,
        "detail":"There is no such alias.","hint":"Promote a checkpoint first."}
        """;
    answer(exchange, 404, "application/problem+json", problem.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
