package io.lodisc.deployment.compose;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests without end, each kind on a thread of its own and each on a connection of its own. */
final class Traffic implements AutoCloseable {

  private static final String BOUNDARY = "----lodisc";
  private static final int PAUSE_MILLIS = 50;
  private static final int PATIENCE_MILLIS = 120_000;

  /**
   * A request that is to succeed.
   *
   * @param type of the body; null if there is none
   */
  record Request(String method, URI uri, String type, byte[] body) {

    static Request get(String uri) {
      return new Request("GET", URI.create(uri), null, null);
    }

    static Request json(String method, String uri, String json) {
      return new Request(
          method, URI.create(uri), "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** A form with fields and one picture named image. */
    static Request form(String uri, Map<String, String> fields, Path picture) throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (Map.Entry<String, String> field : fields.entrySet()) {
        body.writeBytes(part("name=\"" + field.getKey() + "\"", field.getValue().getBytes()));
      }
      body.writeBytes(part("name=\"image\"; filename=\"a.png\"", Files.readAllBytes(picture)));
      body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes());
      return new Request(
          "POST", URI.create(uri), "multipart/form-data; boundary=" + BOUNDARY, body.toByteArray());
    }

    private static byte[] part(String disposition, byte[] content) {
      ByteArrayOutputStream part = new ByteArrayOutputStream();
      part.writeBytes(
          "--%s\r\nContent-Disposition: form-data; %s\r\n\r\n"
              .formatted(BOUNDARY, disposition)
              .getBytes(StandardCharsets.UTF_8));
      part.writeBytes(content);
      part.writeBytes("\r\n".getBytes());
      return part.toByteArray();
    }

    /**
     * Sends it.
     *
     * @return the answer's body
     * @throws IOException if it does not succeed
     */
    String send() throws IOException {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setRequestProperty("Connection", "close");
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      if (body != null) {
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        connection.setRequestProperty("Content-Type", type);
        connection.getOutputStream().write(body);
      }
      int status = connection.getResponseCode();
      try (InputStream in =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        String answer = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (status >= 300) {
          throw new IOException("%s %s: %d %s".formatted(method, uri, status, answer));
        }
        return answer;
      }
    }
  }

  private final List<Thread> threads = new ArrayList<>();
  private final Map<Request, AtomicInteger> succeeded = new ConcurrentHashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean ending;

  Traffic(List<Request> kinds) {
    for (Request kind : kinds) {
      succeeded.put(kind, new AtomicInteger());
      threads.add(Thread.ofPlatform().daemon().start(() -> repeat(kind)));
    }
  }

  private void repeat(Request request) {
    while (!ending) {
      try {
        Thread.sleep(PAUSE_MILLIS);
        request.send();
        succeeded.get(request).incrementAndGet();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } catch (IOException e) {
        failures.add(LocalTime.now() + " " + request.method() + " " + request.uri() + " " + e);
      }
    }
  }

  /** How many succeeded of the kind that did so least. */
  int least() {
    return succeeded.values().stream().mapToInt(AtomicInteger::get).min().orElseThrow();
  }

  Queue<String> failures() {
    return failures;
  }

  @Override
  public void close() throws InterruptedException {
    ending = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
