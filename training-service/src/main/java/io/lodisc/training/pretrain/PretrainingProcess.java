package io.lodisc.training.pretrain;

import io.lodisc.training.evaluation.Evaluation;
import io.lodisc.training.evaluation.History;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run in a process of its own. Events are lines of JSON on standard output, everything else goes
 * to standard error; the line {@code cancel} on standard input ends the run after the step, and its
 * end ends the process at once: the parent is gone.
 */
public final class PretrainingProcess implements RunListener {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PARENT_GONE = 3;

  private final PrintStream events;
  private final AtomicBoolean cancelled = new AtomicBoolean();

  private PretrainingProcess(PrintStream events) {
    this.events = events;
  }

  /**
   * @param arguments the run's folder, which holds run.json
   */
  public static void main(String[] arguments) {
    PrintStream events = System.out;
    System.setOut(System.err);
    PretrainingProcess process = new PretrainingProcess(events);
    Thread.ofPlatform().daemon().name("parent").start(process::listen);
    System.exit(process.run(Path.of(arguments[0])));
  }

  private int run(Path folder) {
    try {
      Run run = JSON.readValue(Files.readAllBytes(folder.resolve("run.json")), Run.class);
      boolean ended = new Pretraining(run, this).train();
      event(ended ? "done" : "cancelled", Map.of());
      return 0;
    } catch (TrainingException e) {
      e.printStackTrace();
      event("failed", Map.of("reason", e.getMessage(), "hint", e.hint()));
    } catch (Exception e) {
      e.printStackTrace();
      event(
          "failed",
          Map.of(
              "reason", "The training process failed: " + e, "hint", "Its log has the details."));
    }
    return 1;
  }

  private void listen() {
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("cancel")) {
          cancelled.set(true);
        }
      }
    } catch (IOException e) {
      e.printStackTrace();
    }
    Runtime.getRuntime().halt(PARENT_GONE);
  }

  @Override
  public void progress(Progress progress) {
    event("progress", JSON.convertValue(progress, Map.class));
  }

  @Override
  public void epoch(TrainingLog.EpochRow row) {
    event("epoch", Map.of("row", row));
  }

  @Override
  public void evaluated(int epoch, History evaluations) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("start", evaluations.start());
    summary.put("last", last(evaluations.last()));
    summary.put("best", evaluations.best());
    event("evaluated", Map.of("epoch", epoch, "summary", summary));
  }

  private static ObjectNode last(Map.Entry<Integer, Evaluation> last) {
    if (last == null) {
      return null;
    }
    ObjectNode shown = JSON.createObjectNode().put("epoch", last.getKey());
    return shown.setAll((ObjectNode) JSON.valueToTree(last.getValue()));
  }

  @Override
  public void checkpoint(Path folder, int epoch, long step, Double loss) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("folder", folder.toString());
    fields.put("epoch", epoch);
    fields.put("step", step);
    fields.put("loss", loss);
    event("checkpoint", fields);
  }

  @Override
  public boolean cancelled() {
    return cancelled.get();
  }

  private synchronized void event(String name, Map<?, ?> fields) {
    Map<Object, Object> event = new LinkedHashMap<>();
    event.put("event", name);
    event.putAll(fields);
    events.println(JSON.writeValueAsString(event));
    events.flush();
  }
}
