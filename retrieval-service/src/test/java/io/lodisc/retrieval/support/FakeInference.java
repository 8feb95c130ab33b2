package io.lodisc.retrieval.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import tools.jackson.databind.json.JsonMapper;

/**
 * An inference-service whose embedding is the mean colour of 4 x 4 fields of the picture, so that
 * pictures of one colour have the cosine of their colours.
 */
public final class FakeInference {

  public static final int DIMENSION = 48;

  private static final int FIELDS = 4;

  private final HttpServer server;
  private final Map<String, String> aliases = new ConcurrentHashMap<>();
  private final List<Integer> batches = new CopyOnWriteArrayList<>();

  FakeInference() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/api/v1/embeddings", this::embed);
    server.start();
    aliases.put("production", "first");
  }

  /** Where it listens. */
  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Points an alias at a checkpoint. */
  public void promote(String alias, String checkpoint) {
    aliases.put(alias, checkpoint);
  }

  /** Sizes of the requests since the last call. */
  public List<Integer> takeBatches() {
    List<Integer> taken = List.copyOf(batches);
    batches.clear();
    return taken;
  }

  private void embed(HttpExchange exchange) throws IOException {
    try (exchange) {
      Multipart form =
          Multipart.parse(
              exchange.getRequestHeaders().getFirst("Content-Type"),
              exchange.getRequestBody().readAllBytes());
      String alias = new String(form.parts("model").getFirst());
      String checkpoint = aliases.get(alias);
      if (checkpoint == null) {
        problem(exchange, 404, "not-found", "There is no model '%s'.".formatted(alias));
        return;
      }
      List<float[]> embeddings = new ArrayList<>();
      for (byte[] file : form.parts("image")) {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
        if (picture == null) {
          problem(exchange, 422, "not-a-picture", "That is no picture.");
          return;
        }
        embeddings.add(colours(picture));
      }
      batches.add(embeddings.size());
      answer(
          exchange,
          200,
          "application/json",
          Map.of(
              "model",
              Map.of("alias", alias, "checkpoint", checkpoint),
              "dimension",
              DIMENSION,
              "embeddings",
              embeddings));
    }
  }

  private static void problem(HttpExchange exchange, int status, String type, String detail)
      throws IOException {
    answer(
        exchange,
        status,
        "application/problem+json",
        Map.of(
            "type",
            "urn:lodisc:problem:" + type,
            "status",
            status,
            "detail",
            detail,
            "hint",
            "Ask the fake."));
  }

  private static void answer(HttpExchange exchange, int status, String mediaType, Object body)
      throws IOException {
    byte[] bytes = JsonMapper.shared().writeValueAsBytes(body);
    exchange.getResponseHeaders().add("Content-Type", mediaType);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static float[] colours(BufferedImage picture) {
    double[] sums = new double[DIMENSION];
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int field = y * FIELDS / picture.getHeight() * FIELDS + x * FIELDS / picture.getWidth();
        int rgb = picture.getRGB(x, y);
        sums[field * 3] += rgb >> 16 & 255;
        sums[field * 3 + 1] += rgb >> 8 & 255;
        sums[field * 3 + 2] += rgb & 255;
      }
    }
    double length = 0;
    for (double sum : sums) {
      length += sum * sum;
    }
    float[] unit = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      unit[i] = (float) (sums[i] / Math.sqrt(length));
    }
    return unit;
  }
}
