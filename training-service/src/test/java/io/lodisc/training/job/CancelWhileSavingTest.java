package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lodisc.model.checkpoint.Checkpoints;
import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A job is cancelled, and its process killed, while it writes a checkpoint. */
@TrainingTest(
    properties = {
      "lodisc.training.workers=1",
      "lodisc.training.child-memory=512m",
      "lodisc.training.cancel-grace=1ms",
      "lodisc.training.queue.heartbeat=20ms"
    })
class CancelWhileSavingTest {

  @Autowired Api api;
  @Autowired Home home;

  @Test
  void leavesTheCheckpointBeforeAndNoHalfOne() throws Exception {
    Jobs jobs = new Jobs(api, home);
    String id =
        jobs.submit(
            """
            "architecture":{"imageSize":16,"patch":8,"width":64,"depth":4,"heads":2},"batch":4,
            "headHidden":512,"headOut":64,"threads":1,"epochs":1000,"checkpointSteps":1,
            "evaluation":{"everyEpochs":0}
            """);
    await().atMost(Duration.ofMinutes(2)).until(() -> jobs.get(id).json().has("checkpoint"));
    Path folder = home.folder().resolve("blobs/checkpoints/%s/attempt-0001".formatted(id));
    while (unfinished(folder).isEmpty()) {
      Thread.onSpinWait();
    }

    jobs.cancel(id).is(202);

    Answer job = jobs.ended(id);
    assertThat(job.text("state")).isEqualTo("CANCELLED");
    JsonNode newest = api.get("/api/v1/checkpoints/" + job.text("checkpoint")).is(200).json();
    assertThat(newest.path("job").asString()).isEqualTo(id);
    for (Path written : finished(folder)) {
      Checkpoints.verify(written);
    }
  }

  private static List<Path> unfinished(Path folder) throws IOException {
    return list(folder).stream().filter(p -> name(p).startsWith(".step")).toList();
  }

  private static List<Path> finished(Path folder) throws IOException {
    return list(folder).stream().filter(p -> name(p).startsWith("step")).toList();
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(folder)) {
      return content.toList();
    }
  }
}
