package io.lodisc.training.pretrain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process that started this one, as this one sees it. Events go to it as lines of JSON on
 * standard output, everything else to standard error; its requests are lines on standard input,
 * whose end ends this process at once: the parent is gone.
 */
public final class Parent {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int GONE = 3;

  private final PrintStream events;

  private Parent(PrintStream events) {
    this.events = events;
  }

  /**
   * Takes standard output for events.
   *
   * @param requests called on a thread of its own, with {@code pause} or {@code cancel}
   */
  public static Parent connect(Consumer<String> requests) {
    Parent parent = new Parent(System.out);
    System.setOut(System.err);
    Thread.ofPlatform().daemon().name("parent").start(() -> listen(requests));
    return parent;
  }

  /** Says something. */
  public synchronized void tell(String name, Map<?, ?> fields) {
    Map<Object, Object> event = new LinkedHashMap<>();
    event.put("event", name);
    event.putAll(fields);
    events.println(JSON.writeValueAsString(event));
    events.flush();
  }

  /** Says how far a job without epochs is. */
  public void progress(long step, long steps) {
    tell("progress", Map.of("step", step, "steps", steps));
  }

  /**
   * Says that it cannot go on.
   *
   * @param passing whether trying again may help
   */
  public void failed(String reason, String hint, boolean passing, Fault fault) {
    tell("failed", Map.of("reason", reason, "hint", hint, "passing", passing, "fault", fault));
  }

  private static void listen(Consumer<String> requests) {
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        requests.accept(line);
      }
    } catch (IOException e) {
      e.printStackTrace();
    }
    Runtime.getRuntime().halt(GONE);
  }
}
