package io.lodisc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lodisc.training.queue.Claim;
import io.lodisc.training.queue.JobQueue;
import io.lodisc.training.queue.Worker;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@TrainingTest(properties = {"lodisc.training.workers=1", "lodisc.training.roles=api"})
class ApiRoleTest {

  @Autowired Api api;
  @Autowired Home home;
  @Autowired JobQueue queue;

  @Test
  void aProcessThatOnlyServesLeavesItsJobsToOthers() throws IOException {
    Path folder = Pictures.folder(home.datasets().resolve("four"), 4);
    api.post("/api/v1/datasets", "{\"name\":\"four\",\"path\":\"%s\"}".formatted(folder)).is(201);
    String job = api.post("/api/v1/jobs", "{\"dataset\":\"four\",\"batch\":2}").is(201).text("id");

    await()
        .during(Duration.ofSeconds(2))
        .until(() -> api.get("/api/v1/jobs/" + job).text("state").equals("QUEUED"));

    Worker other = new Worker("other", List.of("pretrain"), false, 1, List.of());
    assertThat(queue.claim(other)).map(Claim::job).contains(job);
  }
}
