package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.lodisc.training.job.ScriptedChild.Script;
import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs whose checkpoints lie on a small disk that others fill. */
@TrainingTest(
    properties = {
      "lodisc.training.workers=1",
      "lodisc.training.child-memory=64m",
      "lodisc.training.cancel-grace=1s",
      "lodisc.training.disk-headroom=8MB",
      "lodisc.training.sweep.every=0",
      "lodisc.training.queue.heartbeat=200ms",
      "lodisc.training.queue.backoff=100ms"
    })
@Import(JobProcessTest.Scripted.class)
class DiskRoomTest {

  private static final int MEGABYTE = 1 << 20;

  @Autowired Api api;
  @Autowired Home home;
  @Autowired JdbcClient jdbc;
  private Jobs jobs;
  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    jobs = new Jobs(api, home);
    Files.writeString(
        home.folder().resolve("installation"),
        jdbc.sql("select id from training.installation").query(String.class).single());
    disk = Files.createDirectories(home.folder().resolve("blobs/checkpoints"));
    mounted = call("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()) == 0;
    assumeThat(mounted)
        .as("NOT TESTED: a disk that fills; this user may not mount a tmpfs, run as root")
        .isTrue();
  }

  @AfterEach
  void unmount() throws Exception {
    jobs.cancelAll();
    if (mounted) {
      assertThat(call("umount", disk.toString())).isZero();
    }
  }

  @Test
  void aJobIsNotStartedUntilThereIsRoom() throws IOException {
    Path others = filled(disk.resolve("others"), 10);

    String id = submit(Script.FAST);

    lacksRoom(id);
    assertThat(home.folder().resolve("runs").resolve(id)).doesNotExist();
    Files.delete(others);
    assertThat(jobs.ended(id).text("state")).isEqualTo("SUCCEEDED");
  }

  @Test
  void aJobThatRunsOutOfRoomStopsAndGoesOnFromItsCheckpointOnceThereIsSome() throws IOException {
    String id = submit(Script.CHECKPOINT_THEN_FILL);

    lacksRoom(id);
    assertThat(jobs.get(id).text("checkpoint")).isEqualTo(id + "-1");
    api.get("/api/v1/checkpoints/" + id + "-1/files/encoder.safetensors").is(200);
    Files.delete(disk.resolve(id).resolve("attempt-0001/fill"));
    assertThat(jobs.ended(id).text("state")).isEqualTo("SUCCEEDED");
  }

  @Test
  void aJobGoesOnIfTheSweepMakesRoom() throws IOException {
    Path orphan = filled(disk.resolve("000000000009/step-1"), 6);
    FileTime past = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    for (Path one : new Path[] {orphan, orphan.getParent()}) {
      Files.setLastModifiedTime(one, past);
    }

    String id = submit(Script.FILL_A_LITTLE);

    Answer job = jobs.ended(id);
    assertThat(job.text("state")).isEqualTo("SUCCEEDED");
    assertThat(job.json().path("failures").asInt()).isZero();
    assertThat(orphan).doesNotExist();
  }

  private String submit(Script script) {
    return jobs.submit("\"batch\":4,\"epochs\":1,\"maxAttempts\":100,\"seed\":" + script.ordinal());
  }

  /** Waits until the job waits, and says why. */
  private void lacksRoom(String id) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> jobs.get(id).text("reason"),
            reason -> reason.contains("the 8 MB of lodisc.training.disk-headroom"));
  }

  private static Path filled(Path file, int megabytes) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[megabytes * MEGABYTE]);
  }

  private static int call(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
