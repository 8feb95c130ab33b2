package io.lodisc.training.reproduce;

import io.lodisc.training.pretrain.Fault;
import io.lodisc.training.pretrain.Parent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A reproduction in a process of its own. Its runs are processes of their own again; each writes a
 * checkpoint before it ends.
 */
public final class ReproductionProcess {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Parent parent = Parent.connect(this::end);
  private final Thread main = Thread.currentThread();
  private volatile String ending;
  private volatile Forecast forecast;

  private ReproductionProcess() {}

  /**
   * @param arguments the job's folder, which holds request.json
   */
  public static void main(String[] arguments) {
    System.exit(new ReproductionProcess().run(Path.of(arguments[0]).resolve("request.json")));
  }

  private int run(Path file) {
    try {
      Request request = JSON.readValue(file.toFile(), Request.class);
      Reproduction reproduction = new Reproduction(request, this::tell);
      forecast = reproduction.forecast();
      Map<String, String> failed = reproduction.run();
      if (failed.isEmpty()) {
        parent.tell("done", Map.of());
        return 0;
      }
      parent.failed(
          "Runs failed: " + failed, "The logs in the runs' folders tell more.", false, Fault.OTHER);
    } catch (InterruptedException e) {
      parent.tell(ending, Map.of());
      return 0;
    } catch (ReproductionException e) {
      parent.failed(e.getMessage(), e.hint(), false, Fault.OTHER);
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      parent.failed(
          "The reproduction failed: " + e, "Its log has the details.", false, Fault.OTHER);
    }
    return 1;
  }

  private void tell(Event event) {
    forecast.hear(event);
    if (event.words() != null) {
      System.err.println(event.run().name() + " failed: " + event.words());
    }
    parent.tell("progress", JSON.convertValue(forecast.progress(), Map.class));
  }

  private void end(String request) {
    ending = request.equals("cancel") ? "cancelled" : "paused";
    main.interrupt();
  }
}
