package io.lodisc.training.pretrain;

import io.lodisc.model.engine.EngineException;
import io.lodisc.model.engine.SelfTest;
import io.lodisc.training.evaluation.Evaluation;
import io.lodisc.training.evaluation.History;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run in a process of its own. The request {@code pause} writes a checkpoint after the step and
 * ends the run, {@code cancel} ends it without one. SIGTERM and SIGINT pause it too.
 */
public final class PretrainingProcess implements RunListener {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ENGINE_HINT = "The worker's machine is to be set right.";
  private static final Duration SHUTDOWN = Duration.ofMinutes(5);
  private static final Duration METRICS_EVERY = Duration.ofSeconds(1);

  private final Parent parent = Parent.connect(this::hear);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Request asked = Request.GO_ON;
  private StepMetrics untold;
  private long told = System.nanoTime() - METRICS_EVERY.toNanos();

  private PretrainingProcess() {}

  /**
   * @param arguments the run's folder, which holds run.json
   */
  public static void main(String[] arguments) {
    PretrainingProcess process = new PretrainingProcess();
    Runtime.getRuntime().addShutdownHook(new Thread(process::pauseAndWait, "pause"));
    int exit = process.run(Path.of(arguments[0]));
    process.ended.countDown();
    System.exit(exit);
  }

  /** In a JVM that was told to end, while the run still goes on. */
  private void pauseAndWait() {
    try {
      if (asked == Request.GO_ON) {
        asked = Request.PAUSE;
      }
      ended.await(SHUTDOWN.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int run(Path folder) {
    try {
      SelfTest.run();
      Run run = JSON.readValue(Files.readAllBytes(folder.resolve("run.json")), Run.class);
      parent.tell(new Pretraining(run, this).train().name().toLowerCase(Locale.ROOT), Map.of());
      return 0;
    } catch (EngineException e) {
      e.printStackTrace();
      parent.failed(e.getMessage(), ENGINE_HINT, true, Fault.OTHER);
    } catch (TrainingException e) {
      e.printStackTrace();
      parent.failed(e.getMessage(), e.hint(), e.isPassing(), e.fault());
    } catch (Exception e) {
      e.printStackTrace();
      parent.failed(
          "The training process failed: " + e, "Its log has the details.", false, Fault.OTHER);
    }
    return 1;
  }

  private void hear(String request) {
    switch (request) {
      case "pause" -> asked = Request.PAUSE;
      case "cancel" -> asked = Request.CANCEL;
      default -> System.err.println("unknown request: " + request);
    }
  }

  @Override
  public void progress(Progress progress) {
    parent.tell("progress", JSON.convertValue(progress, Map.class));
  }

  /** At most once a second, and at the end of each epoch. */
  @Override
  public void metrics(StepMetrics metrics) {
    untold = metrics;
    if (System.nanoTime() - told >= METRICS_EVERY.toNanos()) {
      tellMetrics();
    }
  }

  private void tellMetrics() {
    if (untold != null) {
      parent.tell("metrics", Map.of("metrics", untold));
      untold = null;
      told = System.nanoTime();
    }
  }

  @Override
  public void epoch(TrainingLog.EpochRow row) {
    tellMetrics();
    parent.tell("epoch", Map.of("row", row));
  }

  @Override
  public void evaluated(int epoch, History evaluations) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("start", evaluations.start());
    summary.put("last", last(evaluations.last()));
    summary.put("best", evaluations.best());
    Map<String, Double> measured = evaluations.evaluations().get(epoch).measured();
    parent.tell("evaluated", Map.of("epoch", epoch, "summary", summary, "measured", measured));
  }

  private static ObjectNode last(Map.Entry<Integer, Evaluation> last) {
    if (last == null) {
      return null;
    }
    ObjectNode shown = JSON.createObjectNode().put("epoch", last.getKey());
    return shown.setAll((ObjectNode) JSON.valueToTree(last.getValue()));
  }

  @Override
  public void checkpoint(Path folder, int epoch, long step, Double loss, Double seconds) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("folder", folder.toString());
    fields.put("epoch", epoch);
    fields.put("step", step);
    fields.put("loss", loss);
    fields.put("seconds", seconds);
    parent.tell("checkpoint", fields);
  }

  @Override
  public Request asked() {
    return asked;
  }
}
