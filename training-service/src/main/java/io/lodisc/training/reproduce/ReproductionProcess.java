package io.lodisc.training.reproduce;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A reproduction in a process of its own, as {@link
 * io.lodisc.training.pretrain.PretrainingProcess} is one of a run: it speaks the same language. Its
 * runs are processes of their own again; each is to write a checkpoint before it ends.
 */
public final class ReproductionProcess {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int PARENT_GONE = 3;

  private final PrintStream events;
  private final Thread main = Thread.currentThread();
  private volatile String ending;
  private volatile Forecast forecast;

  private ReproductionProcess(PrintStream events) {
    this.events = events;
  }

  /**
   * @param arguments the job's folder, which holds request.json
   */
  public static void main(String[] arguments) {
    PrintStream events = System.out;
    System.setOut(System.err);
    ReproductionProcess process = new ReproductionProcess(events);
    Thread.ofPlatform().daemon().name("parent").start(process::listen);
    System.exit(process.run(Path.of(arguments[0]).resolve("request.json")));
  }

  private int run(Path file) {
    try {
      Request request = JSON.readValue(file.toFile(), Request.class);
      Reproduction reproduction = new Reproduction(request, this::tell);
      forecast = reproduction.forecast();
      Map<String, String> failed = reproduction.run();
      if (failed.isEmpty()) {
        event("done", Map.of());
        return 0;
      }
      failed("Runs failed: " + failed, "The logs in the runs' folders tell more.");
    } catch (InterruptedException e) {
      event(ending, Map.of());
      return 0;
    } catch (ReproductionException e) {
      failed(e.getMessage(), e.hint());
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      failed("The reproduction failed: " + e, "Its log has the details.");
    }
    return 1;
  }

  private void tell(Event event) {
    forecast.hear(event);
    if (event.words() != null) {
      System.err.println(event.run().name() + " failed: " + event.words());
    }
    event("progress", JSON.convertValue(forecast.progress(), Map.class));
  }

  private void listen() {
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        ending = line.equals("cancel") ? "cancelled" : "paused";
        main.interrupt();
      }
    } catch (IOException e) {
      e.printStackTrace();
    }
    Runtime.getRuntime().halt(PARENT_GONE);
  }

  private void failed(String reason, String hint) {
    event("failed", Map.of("reason", reason, "hint", hint));
  }

  private synchronized void event(String name, Map<?, ?> fields) {
    Map<Object, Object> event = new LinkedHashMap<>();
    event.put("event", name);
    event.putAll(fields);
    events.println(JSON.writeValueAsString(event));
    events.flush();
  }
}
